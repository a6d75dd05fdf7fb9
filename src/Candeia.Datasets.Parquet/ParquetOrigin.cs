namespace Candeia.Datasets;

/// <summary>Where Parquet files with pictures are had: fetched with their checksums, or found in a folder.</summary>
/// <param name="Splits">The parts of the data set; the first is what is learnt from.</param>
/// <param name="Files">The files of a part.</param>
internal sealed record ParquetOrigin(IReadOnlyList<string> Splits, Func<string, IReadOnlyList<CheckedFile>> Files)
{
    /// <summary>The pictures of a part; Parquet files that were fetched are needed no more when these are made.</summary>
    /// <exception cref="ArgumentException">There is no such part, or it is asked to be generated.</exception>
    /// <exception cref="DatasetException">The data cannot be had, or are damaged.</exception>
    public (PictureStore Store, string Split) Open(
        string name, string root, string? split, DataSource source, Func<OpenParquet, int, string?[]> read, IProgress<DataProgress>? progress, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        split ??= Splits[0];
        if (!Splits.Contains(split)) throw new ArgumentException($"{name} has no part '{split}', but {string.Join(", ", Splits)}.", nameof(split));
        if (source == DataSource.Generate)
            throw new ArgumentException($"{name} cannot be generated, only downloaded or read from a folder. For pictures that a program draws take DrawnShapes.", nameof(source));
        string folder = source == DataSource.Folder ? root : Path.Combine(root, name), store = Path.Combine(folder, split + ".pictures");
        if (File.Exists(store + ".list")) return (PictureStore.Of(store, [], read, cancel), split);
        CheckedFile[] files = [.. Files(split)];
        string[] paths = [.. files.Select(f => Path.Combine(folder, f.Name))], fetched = source == DataSource.Folder ? [] : [.. paths.Where(p => !File.Exists(p))];
        if (source == DataSource.Folder && paths.FirstOrDefault(p => !File.Exists(p)) is { } missing)
            throw new DatasetException($"'{missing}' is not there; put the Parquet files of {name} into '{folder}', or let them be downloaded.");
        var downloader = new Downloader();
        if (source != DataSource.Folder) foreach (var file in files) downloader.Fetch(file, folder, progress, cancel);
        progress?.Report(new(DataStage.Unpacking, 0, files.Length));
        var opened = PictureStore.Of(store, paths, read, cancel);
        foreach (string path in fetched) File.Delete(path);
        progress?.Report(new(DataStage.Unpacking, files.Length, files.Length));
        return (opened, split);
    }
}
