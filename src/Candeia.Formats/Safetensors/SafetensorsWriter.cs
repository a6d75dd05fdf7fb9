namespace Candeia;

/// <summary>Writes safetensors, tensor by tensor.</summary>
internal static class SafetensorsWriter
{
    /// <summary>To a file, whole or not at all.</summary>
    public static void Write(string path, SafetensorsHeader header, Action<SafetensorsEntry, Action<ReadOnlySpan<byte>>> data) => WholeFile.Write(path, stream => Write(stream, header, data));

    /// <summary>To a stream.</summary>
    /// <param name="stream">What is written to; it need not know where it stands.</param>
    /// <param name="header">What <see cref="SafetensorsHeader.Arrange"/> made.</param>
    /// <param name="data">Gives the bytes of one tensor, in parts; called once for each, in order.</param>
    public static void Write(Stream stream, SafetensorsHeader header, Action<SafetensorsEntry, Action<ReadOnlySpan<byte>>> data)
    {
        stream.Write(header.ToBytes());
        foreach (var entry in header.Entries)
        {
            long written = 0;
            data(entry, bytes =>
            {
                stream.Write(bytes);
                written += bytes.Length;
            });
            if (written != entry.Length) throw new InvalidOperationException($"Tensor {entry} takes {entry.Length} bytes, but {written} were written.");
        }
    }
}
