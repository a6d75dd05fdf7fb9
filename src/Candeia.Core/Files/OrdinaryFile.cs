namespace Candeia;

/// <summary>
/// Reading files that others have named: only ordinary ones that hold something. A pipe would be waited for and a device read without end, so they
/// are refused before they are opened, behind links too.
/// </summary>
/// <remarks>For pipes and devices the system says that they hold no bytes, as it says of empty files: the message names both.</remarks>
public static class OrdinaryFile
{
    /// <summary>Whether the system says that a file holds no bytes; also of pipes and devices. Of one that is not there, it does not.</summary>
    public static bool IsEmpty(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var file = new FileInfo(path);
        file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return file is { Exists: true, Length: 0 };
    }

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="IOException">It is empty, a pipe or a device, or cannot be read.</exception>
    public static FileStream Open(string path) =>
        IsEmpty(path) ? throw new IOException($"'{path}' is empty, or no ordinary file but a pipe or a device.") : File.OpenRead(path);

    /// <summary>The bytes of a file that has at most so many; no more are read, whatever happens to it meanwhile.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="IOException">It is empty, a pipe or a device, has more bytes, or cannot be read.</exception>
    public static byte[] ReadAllBytes(string path, long most)
    {
        using var stream = Open(path);
        if (stream.Length > most) throw new IOException(FormattableString.Invariant($"'{path}' has more than {most:N0} bytes."));
        var bytes = new byte[stream.Length];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}
