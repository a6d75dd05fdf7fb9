using System.Security.Cryptography;

namespace Candeia;

/// <summary>
/// A hub of models, such as <see href="https://huggingface.co"/>: files are fetched once and kept in a folder. A fetch that was cut goes on where it ended,
/// and a file has its name only when it is complete and its checksum is right.
/// </summary>
/// <example><code>
/// async Task&lt;TensorFile&gt; MiniLm()
/// {
///     string folder = await new Hub().FetchModelAsync("sentence-transformers/all-MiniLM-L6-v2");
///     return TensorFile.Open(folder);
/// }
/// </code></example>
/// <param name="endpoint">Where the hub is; by default that of Hugging Face, or the environment variable HF_ENDPOINT.</param>
/// <param name="cache">The folder for what was fetched; by default <c>candeia/hub</c> among the user's local data.</param>
public sealed class Hub(Uri? endpoint = null, string? cache = null)
{
    const long MostBytes = 1L << 38;
    static readonly HttpClient s_client = new();
    static readonly string[] s_weights = ["model.safetensors.index.json", "model.safetensors", "pytorch_model.bin.index.json", "pytorch_model.bin"];

    /// <summary>Where the hub is.</summary>
    public Uri Endpoint { get; } = endpoint ?? new(Environment.GetEnvironmentVariable("HF_ENDPOINT") is { Length: > 0 } named ? named : "https://huggingface.co");

    /// <summary>The folder for what was fetched.</summary>
    public string Cache { get; } = cache ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "candeia", "hub");

    /// <summary>The client that asks; one with a header <c>Authorization</c> reaches what is not for everybody.</summary>
    public HttpClient Client { get; init; } = s_client;

    /// <summary>How often in a row a server may bring nothing before that is an error.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>The wait after the first attempt; it doubles each time.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Fetches a file, unless it is there already; returns where it is.</summary>
    /// <param name="repository">Owner and name: <c>google-bert/bert-base-uncased</c>.</param>
    /// <param name="file">The file's name in it: <c>config.json</c>.</param>
    /// <param name="revision">A branch, tag or commit.</param>
    /// <param name="sha256">What the file's SHA-256 must be, in hexadecimal digits; null where any will do.</param>
    /// <param name="progress">Told of every piece that arrives: how many bytes there are, of how many, if that is known.</param>
    /// <param name="cancel">Stops within moments; a later call goes on from there.</param>
    /// <exception cref="DownloadException">It could not be fetched, or has another checksum.</exception>
    /// <exception cref="ArgumentException">A name is none that a hub has.</exception>
    public async Task<string> FetchAsync(
        string repository, string file, string revision = "main", string? sha256 = null, IProgress<(long Done, long? Total)>? progress = null, CancellationToken cancel = default)
    {
        string path = PathOf(repository, file, revision);
        if (File.Exists(path))
        {
            if (sha256 is not null && !await HasAsync(path, sha256, cancel).ConfigureAwait(false))
                throw new DownloadException($"'{path}' has another SHA-256 than {sha256}; delete it, or name another revision.");
            return path;
        }
        var address = new Uri($"{Endpoint.AbsoluteUri.TrimEnd('/')}/{Escape(repository)}/resolve/{Uri.EscapeDataString(revision)}/{Escape(file)}");
        var downloader = new Downloader(Client) { Attempts = Attempts, Pause = Pause };
        await downloader.FetchAsync(new([address], MostBytes, $"put the file at '{path}' yourself"), path, Verify, (done, total) => progress?.Report((done, total)), cancel).ConfigureAwait(false);
        return path;

        void Verify(string part)
        {
            if (sha256 is not null && !Has(part, sha256)) throw new DownloadException($"it has another SHA-256 than {sha256}");
        }
    }

    /// <summary>
    /// Fetches what a model consists of, unless it is there already: its <c>config.json</c> if it has one, and its weights, in one file or in several. Returns the
    /// folder, which <see cref="TensorFile.Open"/> opens and <see cref="ModelConfig.Load"/> reads.
    /// </summary>
    /// <param name="repository">Owner and name: <c>google-bert/bert-base-uncased</c>.</param>
    /// <param name="revision">A branch, tag or commit.</param>
    /// <param name="progress">Told of every piece that arrives: the file, how many bytes of it there are, of how many, if that is known.</param>
    /// <param name="cancel">Stops within moments; a later call goes on from there.</param>
    /// <exception cref="DownloadException">There are no weights, or they could not be fetched.</exception>
    public async Task<string> FetchModelAsync(
        string repository, string revision = "main", IProgress<(string File, long Done, long? Total)>? progress = null, CancellationToken cancel = default)
    {
        string folder = Path.GetDirectoryName(PathOf(repository, s_weights[0], revision))!;
        await OptionalAsync("config.json").ConfigureAwait(false);
        DownloadException? reason = null;
        foreach (string name in s_weights)
        {
            reason = await OptionalAsync(name).ConfigureAwait(false);
            if (reason is not null) continue;
            if (name.EndsWith(ShardedFile.Index, StringComparison.Ordinal))
                foreach (string shard in ShardedFile.Shards(Path.Combine(folder, name))) await FileAsync(shard).ConfigureAwait(false);
            return folder;
        }
        throw new DownloadException($"{repository} has no weights in any of {string.Join(", ", s_weights)}: {reason!.Message}", reason);

        async Task<DownloadException?> OptionalAsync(string file)
        {
            try
            {
                await FileAsync(file).ConfigureAwait(false);
                return null;
            }
            catch (DownloadException fault) when (fault.InnerException is TransferFault { Permanent: true })
            {
                return fault;
            }
        }

        Task<string> FileAsync(string file) =>
            FetchAsync(repository, file, revision, progress: progress is null ? null : new Named(file, progress), cancel: cancel);
    }

    /// <summary>Where a file is kept.</summary>
    string PathOf(string repository, string file, string revision)
    {
        Check(repository, nameof(repository), most: 2);
        Check(file, nameof(file), most: 16);
        Check(revision, nameof(revision), most: 4);
        return Path.Combine([Path.GetFullPath(Cache), repository.Replace("/", "--", StringComparison.Ordinal), revision.Replace('/', '-'), .. file.Split('/')]);
    }

    // Names become paths: no way leads out of the cache.
    static void Check(string name, string argument, int most)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name, argument);
        string[] steps = name.Split('/');
        if (steps.Length > most || steps.Any(s => s is "" or "." or ".." || s.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))))
            throw new ArgumentException($"'{name}' is no name that a hub has: letters, digits, '-', '_' and '.', with '/' between them.", argument);
    }

    static string Escape(string name) => string.Join('/', name.Split('/').Select(Uri.EscapeDataString));

    static bool Has(string path, string sha256)
    {
        using var stream = OrdinaryFile.Open(path);
        return Convert.ToHexString(SHA256.HashData(stream)).Equals(sha256, StringComparison.OrdinalIgnoreCase);
    }

    static Task<bool> HasAsync(string path, string sha256, CancellationToken cancel) => Task.Run(() => Has(path, sha256), cancel);

    sealed class Named(string file, IProgress<(string, long, long?)> progress) : IProgress<(long Done, long? Total)>
    {
        public void Report((long Done, long? Total) value) => progress.Report((file, value.Done, value.Total));
    }
}
