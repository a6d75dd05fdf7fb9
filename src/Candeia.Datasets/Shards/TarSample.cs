namespace Candeia.Datasets;

/// <summary>A sample of an archive: files that stand side by side there and have one name, but for the extension.</summary>
/// <param name="Key">The name without its extension, as the archive has it: <c>train/000123</c>. Nothing that could be trusted as a path.</param>
/// <param name="Files">What the files hold, by their extensions in small letters: <c>jpg</c>, <c>cls</c>, <c>seg.png</c>.</param>
public sealed record TarSample(string Key, IReadOnlyDictionary<string, byte[]> Files)
{
    /// <summary>What the file of an extension holds.</summary>
    /// <exception cref="DatasetException">The sample has none; the message says which it has.</exception>
    public byte[] this[string extension] => Files.TryGetValue(extension, out byte[]? bytes) ? bytes : throw new DatasetException(
        $"The sample '{Key}' has no file with the extension '{extension}'; it has {string.Join(", ", Files.Keys.Order(StringComparer.Ordinal))}.");
}
