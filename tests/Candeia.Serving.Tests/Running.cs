using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Candeia.Serving.Tests;

/// <summary>A server at a port of its own, and who asks it.</summary>
sealed class Running : IAsyncDisposable
{
    Running(LocalServer server)
    {
        Server = server;
        Http = new() { BaseAddress = new(server.Url), Timeout = TimeSpan.FromMinutes(2) };
    }

    public LocalServer Server { get; }

    public HttpClient Http { get; }

    public static async Task<Running> StartAsync(IServedModel model, BatchingOptions? batching = null, Action<ServingOptions>? options = null, TimeSpan? drain = null)
    {
        var running = new Running(await LocalServer.StartAsync(IPAddress.Loopback, 0, s => s.AddCandeiaModel("net", () => model, batching).Configure<ServingOptions>(o => options?.Invoke(o)), r => r.MapCandeia(), drain));
        if (model is not GatedModel) await running.ReadyAsync();
        return running;
    }

    public async Task ReadyAsync()
    {
        for (int i = 0; i < 6000; i++)
        {
            using var answer = await Http.GetAsync(new Uri("/v2/health/ready", UriKind.Relative));
            if (answer.StatusCode == HttpStatusCode.OK) return;
            await Task.Delay(10);
        }
        Assert.Fail("It was not ready within a minute.");
    }

    public async Task<(int Status, string Text)> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<(int Status, string Text)> PostAsync(string path, HttpContent content)
    {
        using var answer = await Http.PostAsync(new Uri(path, UriKind.Relative), content);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A connection for what no proper client sends.</summary>
    public async Task<TcpClient> ConnectAsync(string beginning)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(Server.Url).Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(beginning));
        return client;
    }

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return Server.DisposeAsync();
    }
}
