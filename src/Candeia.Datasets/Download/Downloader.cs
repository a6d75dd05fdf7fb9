namespace Candeia.Datasets;

/// <summary>Fetches the files of data sets, in the words of data sets. See <see cref="Candeia.Downloader"/> for how.</summary>
internal sealed class Downloader(HttpClient client)
{
    /// <summary>What all data sets are fetched with.</summary>
    public static HttpClient Client { get; } = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20) })
    {
        Timeout = Timeout.InfiniteTimeSpan, // a transfer has its own patience
    };

    public int Attempts { get; init; } = 6;

    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Puts the file at <paramref name="path"/>, unless something is there already.</summary>
    /// <param name="file">What to fetch.</param>
    /// <param name="path">Where to put it.</param>
    /// <param name="verify">Throws <see cref="DatasetException"/> where the received file is not what it should be.</param>
    /// <param name="progress">Told of every piece that arrives.</param>
    /// <param name="cancel">Stops within moments; a later call goes on from there.</param>
    /// <exception cref="DatasetException">No mirror delivered the file, or it cannot be written.</exception>
    public async Task FetchAsync(
        RemoteFile file, string path, Action<string> verify, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        var downloader = new Candeia.Downloader(client) { Attempts = Attempts, Pause = Pause, Patience = Patience };
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
