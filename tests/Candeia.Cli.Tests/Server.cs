using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Candeia.Cli.Tests;

/// <summary>A command that serves until it is stopped, as a process.</summary>
sealed class Server : IDisposable
{
    readonly Process _process;

    Server(Process process, string said, Uri address) => (_process, Said, Address) = (process, said, address);

    /// <summary>What it wrote until it could be asked.</summary>
    public string Said { get; }

    public Uri Address { get; }

    /// <summary>Starts it, and waits for its last line.</summary>
    public static async Task<Server> StartAsync(string folder, params string[] args)
    {
        var process = Tool.Start(folder, args);
        var said = new StringBuilder();
        Uri? address = null;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            said.Append(line).Append('\n');
            if (Uri.TryCreate(line.Trim(), UriKind.Absolute, out var found) && found.Scheme == "http") address = found;
            if (line.StartsWith("Ctrl+C", StringComparison.Ordinal)) break;
        }
        Assert.True(address is not null, $"It said: {said}{(process.HasExited ? await process.StandardError.ReadToEndAsync(patience.Token) : "")}");
        return new(process, said.ToString(), address);
    }

    /// <summary>Waits until its models are loaded.</summary>
    public async Task ReadyAsync(HttpClient http)
    {
        for (int i = 0; i < 3000; i++)
        {
            using var answer = await http.GetAsync(new Uri("/v2/health/ready", UriKind.Relative));
            if (answer.IsSuccessStatusCode) return;
            await Task.Delay(20);
        }
        Assert.Fail("It was not ready within a minute.");
    }

    /// <summary>Sends it a signal, and returns its exit code.</summary>
    public async Task<int> StopAsync(string signal)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using (var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(patience.Token);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
