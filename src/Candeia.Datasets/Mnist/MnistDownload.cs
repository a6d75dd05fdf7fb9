namespace Candeia.Datasets;

/// <summary>Fetches the files of a data set of the family; what is there already stays.</summary>
internal static class MnistDownload
{
    const long MostBytes = 1L << 30, MostFileBytes = 256L << 20;

    /// <exception cref="DatasetException">A file cannot be had, or is not what it should be.</exception>
    public static void Fetch(
        MnistSource source, string folder, IProgress<DataProgress>? progress, CancellationToken cancel, Downloader? downloader = null)
    {
        if (source.EmnistPart is { } part && MnistFiles.IsThere(folder, part)) return;
        downloader ??= new Downloader(Downloader.Client);
        foreach (var file in source.Files)
        {
            string path = Path.Combine(folder, file.Name);
            var remote = new RemoteFile(
                [.. source.Mirrors.Select(mirror => new Uri(mirror + file.Name))], MostBytes,
                $"put the file at '{path}', or generate digits (DataSource.Generate needs no network)");
            bool given = File.Exists(path);
            downloader.FetchAsync(remote, path, p => Checksum.Verify(p, file.Md5, progress), progress, cancel).GetAwaiter().GetResult();
            if (source.EmnistPart is not { } wanted) continue;
            Unpack(path, folder, wanted, progress, cancel);
            if (!given) File.Delete(path);
        }
    }

    static void Unpack(string archive, string folder, string part, IProgress<DataProgress>? progress, CancellationToken cancel)
    {
        using var zip = Zip.Open(archive);
        int done = 0;
        foreach (string name in MnistFiles.EmnistNames(part))
        {
            var entry = zip.GetEntry($"gzip/{name}")
                ?? throw new DatasetException($"'{archive}' has no 'gzip/{name}' in it, so it is not the archive it should be; get it again.");
            WholeFile.Write(Path.Combine(folder, name), target => Zip.Copy(archive, entry, target, MostFileBytes, cancel));
            progress?.Report(new(DataStage.Unpacking, ++done, 4));
        }
    }
}
