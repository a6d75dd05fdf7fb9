using System.Text;

namespace Candeia.Datasets;

/// <summary>Texts in files: UTF-8, with or without its mark.</summary>
internal static class Utf8
{
    /// <summary>The text of some bytes; what is not UTF-8 becomes U+FFFD.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);

    /// <summary>The text of a file.</summary>
    /// <exception cref="DatasetException">It cannot be read, is larger than it may be, or no text.</exception>
    public static string Read(string path, long mostBytes)
    {
        try
        {
            byte[] bytes = OrdinaryFile.ReadAllBytes(path, mostBytes);
            return bytes.AsSpan().Contains((byte)0)
                ? throw new DatasetException($"'{path}' has zero bytes in it, so it is no text in UTF-8; name a text file.") : Text(bytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"'{path}' cannot be read ({fault.Message.TrimEnd('.')}); name a text file.", fault);
        }
    }
}
