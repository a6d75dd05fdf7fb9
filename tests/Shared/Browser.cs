using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Candeia.Tests;

/// <summary>Chromium without a window, driven by its DevTools protocol; tests of pages skip where it is not installed.</summary>
sealed class Browser : IAsyncDisposable
{
    static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome"];

    readonly Process _process;
    readonly TemporaryFolder _profile;
    readonly ClientWebSocket _socket = new();
    readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(3));
    string? _session;
    int _sent;

    Browser(Process process, TemporaryFolder profile) => (_process, _profile) = (process, profile);

    /// <summary>What the page's scripts complained of.</summary>
    public List<string> Faults { get; } = [];

    static string? Found => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(f => s_names.Select(n => Path.Combine(f, n))).FirstOrDefault(File.Exists);

    /// <summary>Skips a test where there is no browser, before it has done anything.</summary>
    public static void SkipWithout() => Skip.If(Found is null, $"there is no browser: none of {string.Join(", ", s_names)} is on the PATH");

    /// <summary>Opens a page in a window of a size, by day or by night.</summary>
    public static async Task<Browser> OpenAsync(Uri page, int width, int height, bool dark = false)
    {
        SkipWithout();
        string path = Found!;
        var profile = new TemporaryFolder();
        var process = Process.Start(new ProcessStartInfo(path, ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--remote-debugging-port=0", $"--user-data-dir={profile.Path}", "about:blank"])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        var browser = new Browser(process, profile);
        try
        {
            await browser.ConnectAsync();
            string target = (await browser.SendAsync("Target.createTarget", new { url = "about:blank" })).GetProperty("targetId").GetString()!;
            browser._session = (await browser.SendAsync("Target.attachToTarget", new { targetId = target, flatten = true })).GetProperty("sessionId").GetString();
            await browser.SendAsync("Runtime.enable", new { });
            await browser.SizeAsync(width, height, dark);
            await browser.SendAsync("Page.navigate", new { url = page.ToString() });
            await browser.UntilAsync("document.readyState === 'complete' && location.href !== 'about:blank'");
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes the window another size, and day or night of it.</summary>
    public async Task SizeAsync(int width, int height, bool dark)
    {
        await SendAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = width < 600 });
        await SendAsync("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = dark ? "dark" : "light" } } });
    }

    /// <summary>The value of a script, as JSON; a promise is waited for.</summary>
    public async Task<JsonElement> RunAsync(string script)
    {
        var said = await SendAsync("Runtime.evaluate", new { expression = script, awaitPromise = true, returnByValue = true });
        if (said.TryGetProperty("exceptionDetails", out var fault)) Assert.Fail($"{script}: {fault}");
        return said.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    public async Task UntilAsync(string condition)
    {
        for (int i = 0; i < 1500; i++)
        {
            try
            {
                if ((await RunAsync($"!!({condition})")).GetBoolean()) return;
            }
            catch (InvalidOperationException) { }                           // the page is being left for another one
            await Task.Delay(20);
        }
        Assert.Fail($"It did not come to {condition}. Faults: {string.Join("; ", Faults)}");
    }

    /// <summary>Presses a key and lets it go.</summary>
    public async Task PressAsync(string key)
    {
        foreach (string type in (string[])["keyDown", "keyUp"])
            await SendAsync("Input.dispatchKeyEvent", new { type, key, code = key, windowsVirtualKeyCode = key switch { "Enter" => 13, "ArrowRight" => 39, "ArrowLeft" => 37, _ => char.ToUpperInvariant(key[0]) }, text = key == "Enter" && type == "keyDown" ? "\r" : "" });
    }

    /// <summary>The whole page as a PNG file, 12 000 pixels of it at most.</summary>
    public async Task<byte[]> PictureAsync()
    {
        int[] size = [.. (await RunAsync("[document.documentElement.scrollWidth, Math.min(12000, document.documentElement.scrollHeight)]")).EnumerateArray().Select(n => n.GetInt32())];
        var said = await SendAsync("Page.captureScreenshot", new { format = "png", captureBeyondViewport = true, clip = new { x = 0, y = 0, width = size[0], height = size[1], scale = 1 } });
        return said.GetProperty("data").GetBytesFromBase64();
    }

    async Task ConnectAsync()
    {
        while (await _process.StandardError.ReadLineAsync(_patience.Token) is { } line)
            if (line.IndexOf("ws://", StringComparison.Ordinal) is var at and >= 0)
            {
                _ = _process.StandardError.ReadToEndAsync(_patience.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                await _socket.ConnectAsync(new(line[at..]), _patience.Token);
                return;
            }
        Assert.Fail("The browser ended before it could be asked.");
    }

    async Task<JsonElement> SendAsync(string method, object parameters)
    {
        int id = ++_sent;
        var message = new Dictionary<string, object> { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (_session is not null) message["sessionId"] = _session;
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, _patience.Token);
        while (true)
        {
            var said = await ReceiveAsync();
            if (said.TryGetProperty("method", out var name) && name.GetString() == "Runtime.exceptionThrown") Faults.Add(said.GetProperty("params").ToString());
            if (!said.TryGetProperty("id", out var answered) || answered.GetInt32() != id) continue;
            return said.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException($"{method}: {said}");
        }
    }

    async Task<JsonElement> ReceiveAsync()
    {
        using var all = new MemoryStream();
        byte[] part = new byte[64 << 10];
        WebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(part, _patience.Token);
            all.Write(part, 0, received.Count);
        }
        while (!received.EndOfMessage);
        return JsonElement.Parse(Encoding.UTF8.GetString(all.GetBuffer(), 0, (int)all.Length));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _socket.Dispose();
        _patience.Dispose();
        for (int i = 0; i < 50; i++)
        {
            try
            {
                _profile.Dispose();                                        // its children may still be writing
                return;
            }
            catch (IOException) { await Task.Delay(100); }
        }
    }
}
