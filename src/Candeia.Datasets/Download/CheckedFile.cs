namespace Candeia.Datasets;

/// <summary>A file as it was published: what <see cref="Downloader"/> fetches.</summary>
/// <param name="Name">Its name on the disk.</param>
/// <param name="Mirrors">Where it is, the best address first.</param>
/// <param name="MostBytes">More is refused, so that a wrong server cannot fill the disk.</param>
/// <param name="Checksum">MD5 or SHA-256 in hexadecimal digits; null, where none is known: what is in it is checked when it is read, then.</param>
public sealed record CheckedFile(string Name, IReadOnlyList<string> Mirrors, long MostBytes, string? Checksum)
{
    /// <summary>Puts the file into a folder, unless it is there; returns where it is.</summary>
    internal string Fetch(string folder, IProgress<DataProgress>? progress = null, CancellationToken cancel = default) => new Downloader().Fetch(this, folder, progress, cancel);
}
