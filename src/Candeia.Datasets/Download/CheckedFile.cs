namespace Candeia.Datasets;

/// <summary>A file of a data set as it was published.</summary>
/// <param name="Name">Its name on the disk.</param>
/// <param name="Mirrors">Where it is, the best first.</param>
/// <param name="MostBytes">More is refused.</param>
/// <param name="Checksum">MD5 or SHA-256; null, where none is known: what is in it is checked when it is read, then.</param>
internal sealed record CheckedFile(string Name, string[] Mirrors, long MostBytes, string? Checksum)
{
    /// <summary>Puts the file into a folder, unless it is there; returns where it is.</summary>
    /// <param name="folder">Where it goes.</param>
    /// <param name="progress">Told how it comes on.</param>
    /// <param name="cancel">Stops it; a later call goes on from there.</param>
    /// <exception cref="DatasetException">It cannot be had.</exception>
    public string Fetch(string folder, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        string path = Path.Combine(folder, Name);
        var remote = new RemoteFile([.. Mirrors.Select(m => new Uri(m))], MostBytes, $"put the file at '{path}'");
        new Downloader(Downloader.Client).FetchAsync(remote, path, Verify, progress, cancel).GetAwaiter().GetResult();
        return path;

        void Verify(string part)
        {
            if (Checksum is not null) Datasets.Checksum.Verify(part, Checksum, progress);
        }
    }
}
