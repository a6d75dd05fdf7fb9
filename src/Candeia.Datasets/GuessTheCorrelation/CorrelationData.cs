namespace Candeia.Datasets;

/// <summary>Makes sure that the data are under a root.</summary>
internal static class CorrelationData
{
    /// <summary>The folder of a data set that is there.</summary>
    public static string Existing(string root) => CorrelationLayout.Find(root) ?? throw new DatasetException(
        $"'{root}' holds no data set: neither '{CorrelationLayout.TrainTable}' "
        + $"nor '{CorrelationLayout.Folder}/{CorrelationLayout.TrainTable}' is in it; "
        + "generate or download the data, or name the folder that has them.");

    /// <summary>The folder of a data set, generated if there is none; and how many of its items are meant, if it is a generated one.</summary>
    public static (string Folder, int? Count) Generated(
        string root, int count, ulong seed, IProgress<DataProgress>? progress, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (CorrelationLayout.Find(root) is not { } folder) folder = Path.Combine(root, CorrelationLayout.Folder);
        else
        {
            if (GeneratedSet.SeedOf(folder) is not { } there) return (folder, null);
            if (there != seed)
                throw new DatasetException(
                    $"'{folder}' was generated from seed {there}, not {seed}; ask for seed {there}, name another folder, or delete this one.");
            if (CorrelationTable.Read(Path.Combine(folder, CorrelationLayout.TrainTable), labelled: true).Ids.Length >= count) return (folder, count);
        }
        GeneratedSet.Write(folder, count, seed, progress, cancel);
        return (folder, count);
    }

    /// <summary>The folder of the original data set, downloaded and unpacked if it is not there.</summary>
    public static string Downloaded(
        string root, IProgress<DataProgress>? progress, CancellationToken cancel, RemoteFile? remote = null, Downloader? downloader = null)
    {
        if (CorrelationLayout.Find(root) is { } there)
            return GeneratedSet.SeedOf(there) is null ? there
                : throw new DatasetException($"'{there}' holds generated data; name another folder for the download, or delete this one.");
        string folder = Path.Combine(root, CorrelationLayout.Folder), archive = Path.Combine(root, CorrelationLayout.Archive);
        bool given = File.Exists(archive);
        void Verify(string path) => Zip.Verify(path, CorrelationArchive.MostBytes, progress, cancel);
        if (!given)
        {
            downloader ??= new Downloader(Downloader.Client);
            downloader.FetchAsync(remote ?? CorrelationArchive.Remote(root), archive, Verify, progress, cancel).GetAwaiter().GetResult();
        }
        CorrelationArchive.Unpack(archive, folder, progress, cancel);
        if (!given) File.Delete(archive);
        return folder;
    }
}
