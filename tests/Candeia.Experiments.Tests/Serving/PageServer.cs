using System.Text;
using System.Text.Json;

namespace Candeia.Experiments.Tests;

/// <summary>A page of the tool's own, at a port of its own, until it is disposed.</summary>
sealed class PageServer : IAsyncDisposable
{
    readonly CancellationTokenSource _stop = new();
    readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Task? _running;

    public Uri Address { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    /// <summary>Starts what is told how to say where it is, and when to end.</summary>
    public static async Task<PageServer> StartAsync(Func<Action<string>, CancellationToken, Task> run)
    {
        var server = new PageServer();
        server._running = Task.Run(() => run(a => server._address.SetResult(a), server._stop.Token));
        await Task.WhenAny(server._running, server._address.Task);
        if (server._running.IsFaulted) await server._running;
        server.Address = server.Http.BaseAddress = new(await server._address.Task);
        return server;
    }

    public Task<(int Status, JsonElement Said)> GetAsync(string path) => Loaded(() => Http.GetAsync(new Uri(path, UriKind.Relative)));

    public Task<(int Status, JsonElement Said)> PostAsync(string path, string json) =>
        Loaded(() => Http.PostAsync(new Uri(path, UriKind.Relative), new StringContent(json, Encoding.UTF8, "application/json")));

    /// <summary>Asks until the model is loaded, for a minute at most.</summary>
    static async Task<(int Status, JsonElement Said)> Loaded(Func<Task<HttpResponseMessage>> ask)
    {
        for (int i = 0; ; i++)
        {
            using var answer = await ask();
            if ((int)answer.StatusCode != 503 || i == 3000) return ((int)answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync()));
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running!;
        Http.Dispose();
        _stop.Dispose();
    }
}
