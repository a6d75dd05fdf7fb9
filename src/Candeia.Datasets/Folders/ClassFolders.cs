namespace Candeia.Datasets;

/// <summary>Files in folders that are named after their classes: <c>root/cat/1.jpg</c>, <c>root/dog/deeper/2.jpg</c>.</summary>
/// <param name="Classes">The names of the folders, in order.</param>
/// <param name="Files">All files, those of the first class first, each class in the order of paths.</param>
/// <param name="Labels">The number of the class of each file.</param>
internal sealed record ClassFolders(IReadOnlyList<string> Classes, IReadOnlyList<string> Files, IReadOnlyList<int> Labels)
{
    /// <summary>Finds the files with one of these endings; hidden files and folders are passed over.</summary>
    /// <exception cref="DatasetException">There is no such folder, it has no folders in it, or one of them has no such file.</exception>
    public static ClassFolders Find(string root, IReadOnlyCollection<string> extensions)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        try
        {
            if (!Directory.Exists(root)) throw new DatasetException($"There is no folder '{root}'; name one with a folder for each class in it.");
            string[] classes = [.. Directory.EnumerateDirectories(root).Select(f => Path.GetFileName(f)).Where(n => !n.StartsWith('.')).Order(StringComparer.Ordinal)];
            if (classes.Length == 0) throw new DatasetException($"'{root}' has no folders in it; there must be one for each class, with its files.");
            List<string> files = [];
            List<int> labels = [];
            for (int label = 0; label < classes.Length; label++)
            {
                string[] found = [.. Under(Path.Combine(root, classes[label])).Where(f => extensions.Contains(Path.GetExtension(f).ToLowerInvariant())).Order(StringComparer.Ordinal)];
                if (found.Length == 0) throw new DatasetException($"'{Path.Combine(root, classes[label])}' has no file that ends in {string.Join(", ", extensions.Order())}; put some there, or remove the folder.");
                files.AddRange(found);
                labels.AddRange(Enumerable.Repeat(label, found.Length));
            }
            return new(classes, files, labels);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"'{root}' cannot be read: {fault.Message}", fault);
        }
    }

    static IEnumerable<string> Under(string folder) => Directory.EnumerateFiles(folder, "*", new EnumerationOptions
    {
        RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, MaxRecursionDepth = 64,
    }).Where(f => !Path.GetFileName(f).StartsWith('.'));
}
