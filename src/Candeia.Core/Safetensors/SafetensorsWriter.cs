namespace Candeia;

/// <summary>Writes safetensors files whole or not at all.</summary>
internal static class SafetensorsWriter
{
    /// <summary>Writes under a temporary name in the same folder, then moves the file into place.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="header">What <see cref="SafetensorsHeader.Arrange"/> made.</param>
    /// <param name="data">Writes the bytes of one tensor; called once for each, in order.</param>
    public static void Write(string path, SafetensorsHeader header, Action<SafetensorsEntry, Stream> data)
    {
        string temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                Write(stream, header, data);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

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
