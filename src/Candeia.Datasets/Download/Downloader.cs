namespace Candeia.Datasets;

/// <summary>
/// Fetches files of data sets: goes on where an earlier attempt ended, tries mirrors in turn with growing pauses, compares the checksum, and gives the file its
/// name only then. What has come so far is kept beside it as <c>.part</c>, after a cancellation too.
/// </summary>
/// <param name="client">What it asks servers with; one for all, if none is given.</param>
/// <example><code norun="it downloads">
/// var file = new CheckedFile("spambase.zip", ["https://archive.ics.uci.edu/static/public/94/spambase.zip"], MostBytes: 1 &lt;&lt; 20, Checksum: null);
/// Archives.Unzip(new Downloader().Fetch(file, "data"), "data/spambase");
/// </code></example>
public sealed class Downloader(HttpClient? client = null)
{
    /// <summary>What all data sets are fetched with.</summary>
    internal static HttpClient Client { get; } = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20) })
    {
        Timeout = Timeout.InfiniteTimeSpan, // a transfer has its own patience
    };

    /// <summary>Attempts in a row that bring nothing before it gives up.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>The wait after the first attempt; it doubles each time.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a server may be silent.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Puts a file into a folder, unless it is there; returns where it is.</summary>
    /// <param name="file">What to fetch.</param>
    /// <param name="folder">Where it goes.</param>
    /// <param name="progress">Told how it comes on.</param>
    /// <param name="cancel">Stops it; a later call goes on from there.</param>
    /// <exception cref="DatasetException">No mirror delivered the file, or another one, or it cannot be written.</exception>
    public string Fetch(CheckedFile file, string folder, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        string path = Path.Combine(folder, file.Name);
        var remote = new RemoteFile([.. file.Mirrors.Select(m => new Uri(m))], file.MostBytes, $"put the file at '{path}'");
        FetchAsync(remote, path, Verify, progress, cancel).GetAwaiter().GetResult();
        return path;

        void Verify(string part)
        {
            if (file.Checksum is not null) Checksum.Verify(part, file.Checksum, progress);
        }
    }

    /// <summary>Puts the file at <paramref name="path"/>, unless something is there already.</summary>
    /// <param name="file">What to fetch.</param>
    /// <param name="path">Where to put it.</param>
    /// <param name="verify">Throws <see cref="DatasetException"/> where the received file is not what it should be.</param>
    /// <param name="progress">Told of every piece that arrives.</param>
    /// <param name="cancel">Stops within moments; a later call goes on from there.</param>
    /// <exception cref="DatasetException">No mirror delivered the file, or it cannot be written.</exception>
    internal async Task FetchAsync(
        RemoteFile file, string path, Action<string> verify, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        var downloader = new Candeia.Downloader(client ?? Client) { Attempts = Attempts, Pause = Pause, Patience = Patience };
        try
        {
            await downloader.FetchAsync(file, path, Verify, (done, total) => progress?.Report(new(DataStage.Downloading, done, total)), cancel).ConfigureAwait(false);
        }
        catch (DownloadException fault)
        {
            throw new DatasetException(fault.Message, fault.InnerException);
        }

        void Verify(string part)
        {
            try
            {
                verify(part);
            }
            catch (DatasetException fault)
            {
                throw new DownloadException(fault.Message, fault);
            }
        }
    }
}
