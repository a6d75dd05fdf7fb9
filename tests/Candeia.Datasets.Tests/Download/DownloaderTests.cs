namespace Candeia.Datasets.Tests;

public sealed class DownloaderTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly HttpClient _client = new();
    readonly byte[] _file = new byte[300_000];

    public DownloaderTests() => new Random(1).NextBytes(_file);

    string Path => _folder["sub", "file.zip"];

    Task Fetch(
        TinyServer[] servers, Action<string>? verify = null, long most = 1 << 20,
        IProgress<DataProgress>? progress = null, CancellationToken cancel = default) =>
        new Downloader(_client) { Attempts = 4, Pause = TimeSpan.FromMilliseconds(1), Patience = TimeSpan.FromSeconds(2) }
            .FetchAsync(new([.. servers.Select(s => s.Address)], most, "put it there yourself"), Path, verify ?? (_ => { }), progress, cancel);

    void AssertComplete()
    {
        Assert.Equal(_file, File.ReadAllBytes(Path));
        Assert.False(File.Exists(Path + ".part"));
    }

    [Fact]
    public async Task Fetches_and_tells_progress()
    {
        using var server = new TinyServer((_, from) => TinyServer.Proper(_file, from));
        var seen = new List<DataProgress>();
        await Fetch([server], progress: new Direct(seen.Add));
        AssertComplete();
        Assert.Equal(new DataProgress(DataStage.Downloading, _file.Length, _file.Length), seen[^1]);
        Assert.Equal(seen.OrderBy(p => p.Done), seen);
        await Fetch([server]); // there already
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Goes_on_after_a_cut()
    {
        using var server = new TinyServer((n, from) => TinyServer.Proper(_file, from) with { CutAfter = n < 5 ? 50_000 : null });
        await Fetch([server]);
        AssertComplete();
        Assert.Equal([null, 50_000, 100_000, 150_000, 200_000, 250_000], server.Requests);
    }

    [Fact]
    public async Task Goes_on_from_an_earlier_run()
    {
        using var server = new TinyServer((_, from) => TinyServer.Proper(_file, from));
        Directory.CreateDirectory(_folder["sub"]);
        File.WriteAllBytes(Path + ".part", _file[..123_456]);
        await Fetch([server]);
        AssertComplete();
        Assert.Equal([123_456], server.Requests);
    }

    [Fact]
    public async Task A_finished_part_needs_only_its_name()
    {
        using var server = new TinyServer((_, from) => TinyServer.Proper(_file, from));
        Directory.CreateDirectory(_folder["sub"]);
        File.WriteAllBytes(Path + ".part", _file);
        await Fetch([server]);
        AssertComplete();
    }

    [Fact]
    public async Task A_server_without_ranges_starts_again()
    {
        using var server = new TinyServer((n, _) => new("200 OK", _file, n == 0 ? 100 : null));
        await Fetch([server]);
        AssertComplete();
    }

    [Fact]
    public async Task A_changed_file_starts_again()
    {
        using var server = new TinyServer((_, from) => TinyServer.Proper(_file, from));
        Directory.CreateDirectory(_folder["sub"]);
        File.WriteAllBytes(Path + ".part", new byte[400_000]);
        await Fetch([server]);
        AssertComplete();
    }

    [Fact]
    public async Task Server_errors_are_retried_and_mirrors_tried()
    {
        using var busy = new TinyServer((_, _) => new("503 Service Unavailable", []));
        using var gone = new TinyServer((_, _) => new("404 Not Found", []));
        using var good = new TinyServer((n, from) => n == 0
            ? new("429 Too Many Requests", [], Headers: ["Retry-After: 0"])
            : TinyServer.Proper(_file, from));
        await Fetch([gone, busy, good]);
        AssertComplete();
        Assert.Single(gone.Requests);
    }

    [Fact]
    public async Task Fails_with_one_sentence()
    {
        using var busy = new TinyServer((_, _) => new("503 Service Unavailable", []));
        using var gone = new TinyServer((_, _) => new("404 Not Found", []));
        var fault = await Assert.ThrowsAsync<DatasetException>(() => Fetch([gone, busy]));
        Assert.Equal(
            "file.zip could not be downloaded (127.0.0.1: the server answered 404 Not Found; 127.0.0.1: the server answered 503 Service Unavailable); "
            + "instead, put it there yourself.", fault.Message);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public async Task No_server_at_all()
    {
        var server = new TinyServer((_, _) => new("200 OK", []));
        server.Dispose();
        var fault = await Assert.ThrowsAsync<DatasetException>(() => Fetch([server]));
        Assert.Contains("could not be downloaded (127.0.0.1: ", fault.Message);
    }

    [Fact]
    public async Task A_silent_server_is_given_up()
    {
        using var silent = new TinyServer((_, _) => new("200 OK", _file, Silent: true));
        using var good = new TinyServer((_, from) => TinyServer.Proper(_file, from));
        await Fetch([silent, good]);
        AssertComplete();
    }

    [Fact]
    public async Task Too_large_is_refused()
    {
        using var server = new TinyServer((_, from) => TinyServer.Proper(_file, from));
        var fault = await Assert.ThrowsAsync<DatasetException>(() => Fetch([server], most: 1000));
        Assert.Contains("the file has 300000 bytes, more than the 1000 it may have", fault.Message);
        Assert.Equal(0, new FileInfo(Path + ".part").Length);
    }

    [Fact]
    public async Task What_does_not_verify_is_fetched_once_more_from_the_start()
    {
        using var server = new TinyServer((_, from) => TinyServer.Proper(_file, from));
        Directory.CreateDirectory(_folder["sub"]);
        File.WriteAllBytes(Path + ".part", new byte[1000]); // of another version
        await Fetch([server], verify: path =>
        {
            if (!File.ReadAllBytes(path).AsSpan().SequenceEqual(_file)) throw new DatasetException("It is damaged.");
        });
        AssertComplete();
        Assert.Equal([1000, null], server.Requests);
    }

    [Fact]
    public async Task What_never_verifies_is_refused()
    {
        using var server = new TinyServer((_, from) => TinyServer.Proper(_file, from));
        var fault = await Assert.ThrowsAsync<DatasetException>(() => Fetch([server], verify: _ => throw new DatasetException("It is damaged.")));
        Assert.Contains("(127.0.0.1: It is damaged); instead, put", fault.Message);
        Assert.Empty(Directory.GetFiles(_folder["sub"]));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Cancelling_keeps_the_part()
    {
        using var cancel = new CancellationTokenSource();
        using var server = new TinyServer((n, from) => TinyServer.Proper(_file, from));
        var stop = new Direct(_ => cancel.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Fetch([server], progress: stop, cancel: cancel.Token));
        Assert.False(File.Exists(Path));
        await Fetch([server]);
        AssertComplete();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        using var server = new TinyServer((_, from) => TinyServer.Proper(_file, from));
        File.WriteAllText(_folder["sub"], "a file where the folder should be");
        var fault = await Assert.ThrowsAsync<DatasetException>(() => Fetch([server]));
        Assert.Contains(Path, fault.Message);
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    sealed class Direct(Action<DataProgress> report) : IProgress<DataProgress>
    {
        public void Report(DataProgress value) => report(value);
    }
}
