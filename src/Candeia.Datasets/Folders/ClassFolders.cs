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
                // Links are followed, but none that leads back: to a folder that the files of this class are already sought in, or to one around all.
                HashSet<string> seen = [.. Around(Real(root))];
                string[] found = [.. Under(Path.Combine(root, classes[label]), seen, 0).Where(f => extensions.Contains(Path.GetExtension(f).ToLowerInvariant())).Order(StringComparer.Ordinal)];
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

    const int Deepest = 64;
    static readonly EnumerationOptions s_shown = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, IgnoreInaccessible = false };

    static IEnumerable<string> Under(string folder, HashSet<string> seen, int depth)
    {
        if (depth > Deepest || !seen.Add(Real(folder))) return [];
        return Directory.EnumerateFiles(folder, "*", s_shown).Where(f => !Path.GetFileName(f).StartsWith('.'))
            .Concat(Directory.EnumerateDirectories(folder, "*", s_shown).Where(f => !Path.GetFileName(f).StartsWith('.')).SelectMany(f => Under(f, seen, depth + 1)));
    }

    /// <summary>Where a folder lies that may be a link; a link that leads nowhere, or to itself, is what it is.</summary>
    static string Real(string folder)
    {
        string path = Path.GetFullPath(folder);
        try
        {
            return Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException)
        {
            return path;
        }
    }

    static IEnumerable<string> Around(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder)) yield return folder;
    }
}
