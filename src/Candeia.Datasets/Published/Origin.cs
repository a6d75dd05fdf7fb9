namespace Candeia.Datasets;

/// <summary>How a published data set is had: which files are fetched for a part of it, and what is unpacked.</summary>
/// <param name="Folder">The folder under the root that holds it.</param>
/// <param name="Splits">Its parts; the first is what is learnt from.</param>
/// <param name="Files">The files of a part; none where nobody may fetch them without asking its owners.</param>
internal sealed record Origin(string Folder, IReadOnlyList<string> Splits, Func<string, IReadOnlyList<CheckedFile>> Files)
{
    const string Note = ".unpacked";
    static readonly string[] s_archives = [".zip", ".tar", ".tar.gz", ".tgz"];

    /// <summary>Where the home page is, of a set that has to be asked for.</summary>
    public string? Home { get; init; }

    /// <summary>The folder with a part in it, and what the part is called; it is fetched and unpacked first where it is asked for and not there.</summary>
    /// <exception cref="ArgumentException">There is no such part, or it is asked to be generated.</exception>
    /// <exception cref="DatasetException">The data cannot be had.</exception>
    public (string Folder, string Split) Open(string name, string root, string? split, DataSource source, IProgress<DataProgress>? progress, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        split ??= Splits[0];
        if (!Splits.Contains(split)) throw new ArgumentException($"{name} has no part '{split}', but {string.Join(", ", Splits)}.", nameof(split));
        if (source == DataSource.Generate)
            throw new ArgumentException($"{name} cannot be generated, only downloaded or read from a folder. For pictures that a program draws take DrawnShapes.", nameof(source));
        if (source == DataSource.Folder) return (root, split);
        string folder = Path.Combine(root, Folder);
        foreach (var file in Files(split)) Fetch(file, folder, progress, cancel);
        if (Home is not null && !Directory.Exists(folder))
            throw new DatasetException($"{name} is not given to programs; get it at {Home} and unpack it into '{folder}'.");
        return (folder, split);
    }

    /// <summary>Fetches a file, and unpacks it where it is an archive; a note beside says that this has been done.</summary>
    static void Fetch(CheckedFile file, string folder, IProgress<DataProgress>? progress, CancellationToken cancel)
    {
        string note = Path.Combine(folder, file.Name + Note);
        if (File.Exists(note)) return;
        bool given = File.Exists(Path.Combine(folder, file.Name));
        string path = file.Fetch(folder, progress, cancel);
        if (!IsArchive(path)) return;
        // Archives within archives, such as train.zip in dogs-vs-cats.zip, are unpacked where they lie.
        foreach (string inner in Unpack(path, folder, progress, cancel).Where(IsArchive))
        {
            Unpack(inner, Path.GetDirectoryName(inner)!, progress, cancel);
            File.Delete(inner);
        }
        WholeFile.Write(note, "");
        if (!given) File.Delete(path);
    }

    static IReadOnlyList<string> Unpack(string archive, string folder, IProgress<DataProgress>? progress, CancellationToken cancel)
    {
        progress?.Report(new(DataStage.Unpacking, 0, null));
        var files = archive.EndsWith(".zip", StringComparison.Ordinal) ? Archives.Unzip(archive, folder, cancel: cancel) : Archives.Untar(archive, folder, cancel: cancel);
        progress?.Report(new(DataStage.Unpacking, files.Count, files.Count));
        return files;
    }

    static bool IsArchive(string path) => s_archives.Any(ending => path.EndsWith(ending, StringComparison.Ordinal));
}
