namespace Candeia.Datasets;

/// <summary>Arrays of MATLAB files, in the words of data sets.</summary>
internal static class MatFile
{
    /// <exception cref="DatasetException">The file cannot be read, is damaged, or has no such array.</exception>
    public static Tensor Array(string path, string name) =>
        Load(path).TryGetValue(name, out var array) ? array : throw new DatasetException($"'{path}' has no array '{name}' in it; get the file again.");

    /// <exception cref="DatasetException">The file cannot be read, or is damaged.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(string path)
    {
        try
        {
            return Mat.Load(path);
        }
        catch (Exception fault) when (fault is TensorFileException or IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"'{path}' cannot be read ({fault.Message.TrimEnd('.')}); get the file again, or let it be downloaded.", fault);
        }
    }
}
