using System.Net;
using System.Security.Cryptography;

namespace Candeia.Tests;

public sealed class HubTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly Server _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    Hub Hub => new(_server.Address, _folder["cache"]) { Pause = TimeSpan.FromMilliseconds(1), Attempts = 3 };

    [Fact]
    public async Task A_file_is_fetched_once_checked_and_kept()
    {
        byte[] file = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))];
        _server.Files["me/net/resolve/main/sub/x.bin"] = file;
        string sha = Convert.ToHexString(SHA256.HashData(file)), wrong = new('0', 64);
        await Assert.ThrowsAsync<DownloadException>(() => Hub.FetchAsync("me/net", "sub/x.bin", sha256: wrong));
        Assert.DoesNotContain(_folder.Files, f => f.EndsWith("x.bin", StringComparison.Ordinal));

        _server.CutOnceAfter = 30_000;
        string path = await Hub.FetchAsync("me/net", "sub/x.bin", sha256: sha);
        Assert.Equal(file, File.ReadAllBytes(path));
        Assert.Contains(_server.Requests, r => r.Contains("from 30000", StringComparison.Ordinal));
        int requests = _server.Requests.Count;
        Assert.Equal(path, await Hub.FetchAsync("me/net", "sub/x.bin", sha256: sha));
        Assert.Contains(wrong, (await Assert.ThrowsAsync<DownloadException>(() => Hub.FetchAsync("me/net", "sub/x.bin", sha256: wrong))).Message, StringComparison.Ordinal);
        Assert.Equal(requests, _server.Requests.Count);
    }

    [Fact]
    public async Task A_model_comes_as_a_folder_with_its_settings()
    {
        Safetensors.Save(_folder["a.safetensors"], [new("a", Tensor.Ones([2]))]);
        Safetensors.Save(_folder["b.safetensors"], [new("b", Tensor.Zeros([2]))]);
        foreach (string shard in (string[])["a", "b"]) _server.Files[$"me/net/resolve/v1/{shard}.safetensors"] = File.ReadAllBytes(_folder[$"{shard}.safetensors"]);
        _server.Files["me/net/resolve/v1/model.safetensors.index.json"] = """{"weight_map": {"a": "a.safetensors", "b": "b.safetensors"}}"""u8.ToArray();
        _server.Files["me/net/resolve/v1/config.json"] = """{"hidden_size": 384, "eps": 1e-12, "model_type": "bert", "tie": true, "none": null}"""u8.ToArray();
        var seen = new List<string>();
        string folder = await Hub.FetchModelAsync("me/net", "v1", new Direct(seen.Add));
        using (var file = TensorFile.Open(folder)) Assert.Equal(["a", "b"], file.Entries.Select(e => e.Name));
        Assert.Equal(["config.json", "model.safetensors.index.json", "a.safetensors", "b.safetensors"], seen.Distinct());

        var config = ModelConfig.Load(folder);
        Assert.Equal((384, 1e-12, "bert", true, false, true), (config.Whole("hidden_size"), config.Number("eps"), config.Text("model_type"), config.Truth("tie"), config.Has("none"), config.Has("eps")));
        Assert.Contains("'eps' should be a whole number", Assert.Throws<TensorFileException>(() => config.Whole("eps")).Message, StringComparison.Ordinal);
        Assert.Contains("'x' should be a text, but is not there", Assert.Throws<TensorFileException>(() => config.Text("x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_file_does_and_without_weights_it_says_so()
    {
        Safetensors.Save(_folder["x.safetensors"], [new("x", Tensor.Ones([2]))]);
        _server.Files["gpt2/resolve/main/model.safetensors"] = File.ReadAllBytes(_folder["x.safetensors"]);
        string folder = await Hub.FetchModelAsync("gpt2");
        Assert.Equal([1f, 1], TensorFile.Load(folder)["x"].ToArray<float>());
        Assert.Contains("model.safetensors", (await Assert.ThrowsAsync<DownloadException>(() => Hub.FetchModelAsync("me/nothing"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../x", "f", "main")]
    [InlineData("a/b/c", "f", "main")]
    [InlineData("me/net", "../../f", "main")]
    [InlineData("me/net", "/f", "main")]
    [InlineData("me/net", "a\\b", "main")]
    [InlineData("me/net", "f", "..")]
    [InlineData("me/net", "f?x=1", "main")]
    public async Task No_name_leads_out_of_the_cache(string repository, string file, string revision) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Hub.FetchAsync(repository, file, revision));

    sealed class Direct(Action<string> seen) : IProgress<(string File, long Done, long? Total)>
    {
        public void Report((string File, long Done, long? Total) value) => seen(value.File);
    }

    /// <summary>Files over HTTP on the loopback interface, whole or from a byte on; one answer can be cut.</summary>
    sealed class Server : IDisposable
    {
        readonly HttpListener _listener = new();
        readonly Task _loop;

        public Server()
        {
            for (int port = Random.Shared.Next(20_000, 50_000); ; port++)
            {
                _listener.Prefixes.Clear();
                Address = new($"http://127.0.0.1:{port}/");
                _listener.Prefixes.Add(Address.AbsoluteUri);
                try
                {
                    _listener.Start();
                    break;
                }
                catch (HttpListenerException)
                {
                }
            }
            _loop = Task.Run(ServeAsync);
        }

        public Uri Address { get; }

        public Dictionary<string, byte[]> Files { get; } = [];

        public List<string> Requests { get; } = [];

        public int? CutOnceAfter { get; set; }

        async Task ServeAsync()
        {
            while (true)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
                await AnswerAsync(context);
            }
        }

        async Task AnswerAsync(HttpListenerContext context)
        {
            string name = context.Request.Url!.AbsolutePath.TrimStart('/');
            string? range = context.Request.Headers["Range"];
            int from = range is null ? 0 : int.Parse(range["bytes=".Length..].TrimEnd('-'), System.Globalization.CultureInfo.InvariantCulture);
            Requests.Add($"{name} from {from}");
            var response = context.Response;
            try
            {
                if (!Files.TryGetValue(name, out byte[]? file))
                {
                    response.StatusCode = 404;
                    response.Close();
                    return;
                }
                if (from > 0)
                {
                    response.StatusCode = 206;
                    response.Headers["Content-Range"] = $"bytes {from}-{file.Length - 1}/{file.Length}";
                }
                response.ContentLength64 = file.Length - from;
                if (CutOnceAfter is { } cut)
                {
                    CutOnceAfter = null;
                    await response.OutputStream.WriteAsync(file.AsMemory(from, cut));
                    await response.OutputStream.FlushAsync();
                    await Task.Delay(200);
                    response.Abort();
                    return;
                }
                await response.OutputStream.WriteAsync(file.AsMemory(from));
                response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or IOException)
            {
            }
        }

        public void Dispose()
        {
            _listener.Close();
            _loop.Wait(TimeSpan.FromSeconds(10));
        }
    }
}
