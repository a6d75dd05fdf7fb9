namespace Candeia;

/// <summary>Writes safetensors files whole or not at all.</summary>
internal static class SafetensorsWriter
{
    /// <param name="path">The file to make or replace.</param>
    /// <param name="header">What <see cref="SafetensorsHeader.Arrange"/> made.</param>
    /// <param name="data">Writes the bytes of one tensor; called once for each, in order.</param>
    public static void Write(string path, SafetensorsHeader header, Action<SafetensorsEntry, Stream> data) => WholeFile.Write(path, stream => Write(stream, header, data));

    public static void Write(Stream stream, SafetensorsHeader header, Action<SafetensorsEntry, Stream> data)
    {
        stream.Write(header.ToBytes());
        long start = stream.Position;
        foreach (var entry in header.Entries)
        {
            data(entry, stream);
            if (stream.Position != start + entry.End)
                throw new InvalidOperationException($"Tensor {entry} takes {entry.Length} bytes, but {stream.Position - start - entry.Start} were written.");
        }
    }
}
