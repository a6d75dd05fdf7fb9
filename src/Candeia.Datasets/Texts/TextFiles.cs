namespace Candeia.Datasets;

/// <summary>Finding text files.</summary>
internal static class TextFiles
{
    /// <summary>The <c>.txt</c> files in a folder and below, in the order of their names from there, which is the same on every machine.</summary>
    /// <exception cref="DatasetException">The folder cannot be read.</exception>
    public static string[] Below(string folder) => Guarded(folder, () => Directory.GetFiles(folder, "*.txt", SearchOption.AllDirectories)
        .OrderBy(f => Path.GetRelativePath(folder, f).Replace('\\', '/'), StringComparer.Ordinal).ToArray());

    /// <summary>The folders in a folder that begin with no dot, in the order of their names.</summary>
    /// <exception cref="DatasetException">The folder cannot be read.</exception>
    public static string[] Folders(string folder) => Guarded(folder, () => Directory.GetDirectories(folder)
        .Where(f => !Path.GetFileName(f).StartsWith('.')).OrderBy(f => Path.GetFileName(f), StringComparer.Ordinal).ToArray());

    static string[] Guarded(string folder, Func<string[]> find)
    {
        try
        {
            return find();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"The folder '{folder}' cannot be read ({fault.Message.TrimEnd('.')}); name another one.", fault);
        }
    }
}
