namespace Candeia.Datasets;

/// <summary>
/// Unpacking of archives that may be damaged or hostile: nothing is written outside of the folder, links are passed over, and no file grows beyond a
/// limit.
/// </summary>
public static class Archives
{
    /// <summary>Unpacks a zip archive; files that are there already are replaced.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="folder">Where its files go; made if it is not there.</param>
    /// <param name="mostFileBytes">How many bytes one file may have.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The files, as paths under the folder.</returns>
    /// <exception cref="DatasetException">The archive is damaged, or a file in it is larger or would lie outside of the folder.</exception>
    public static IReadOnlyList<string> Unzip(string archive, string folder, long mostFileBytes = 1L << 32, CancellationToken cancel = default)
    {
        using var zip = Zip.Open(archive);
        List<string> files = [];
        foreach (var entry in zip.Entries.Where(e => !e.FullName.EndsWith('/')))
        {
            cancel.ThrowIfCancellationRequested();
            string path = Inside(archive, folder, entry.FullName);
            WholeFile.Write(path, target => Zip.Copy(archive, entry, target, mostFileBytes, cancel));
            files.Add(path);
        }
        return files;
    }

    /// <summary>Unpacks a tar archive, compressed by gzip or not; files that are there already are replaced.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="folder">Where its files go; made if it is not there.</param>
    /// <param name="mostFileBytes">How many bytes one file may have.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The files, as paths under the folder.</returns>
    /// <exception cref="DatasetException">The archive is damaged, or a file in it is larger or would lie outside of the folder.</exception>
    public static IReadOnlyList<string> Untar(string archive, string folder, long mostFileBytes = 1L << 32, CancellationToken cancel = default)
    {
        List<string> files = [];
        foreach (var file in Tar.Files(archive, cancel: cancel))
        {
            string path = Inside(archive, folder, file.Name);
            WholeFile.Write(path, target => file.CopyTo(target, mostFileBytes));
            files.Add(path);
        }
        return files.Count > 0 ? files : throw new DatasetException($"'{archive}' has no files in it; delete it and get it again.");
    }

    static string Inside(string archive, string folder, string name)
    {
        string root = Path.GetFullPath(folder);
        string? path = name.Contains('\0', StringComparison.Ordinal) ? null : Path.GetFullPath(Path.Combine(root, name.Replace('\\', '/')));
        if (path is null || !path.StartsWith(root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new DatasetException($"'{name}' in '{archive}' would lie outside of '{folder}'; it is not the archive it should be.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
