using System.Collections.Immutable;

namespace Candeia;

/// <summary>Files of named tensors that other frameworks read and write too, and that can hold nothing but tensors.</summary>
/// <remarks>To read a few tensors of a large file, or its metadata, open it with <see cref="SafetensorsFile.Open(string, bool)"/>.</remarks>
public static class Safetensors
{
    /// <summary>Reads all tensors of a file, in the order in which it stores them.</summary>
    /// <remarks>Tensors have the types of the file; <c>To(DType.Float32)</c> widens half precision.</remarks>
    /// <exception cref="SafetensorsException">The file is damaged, or holds elements of a type that tensors do not have.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(string path)
    {
        using var file = SafetensorsFile.Open(path);
        OrderedDictionary<string, Tensor> tensors = new(file.Entries.Length);
        foreach (var entry in file.Entries) tensors.Add(entry.Name, file.Load(entry.Name));
        return tensors;
    }

    /// <summary>Writes tensors to a file, whole or not at all, byte for byte as the format's reference implementation would.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="tensors">Each name once; views and tensors of other devices are copied on the way.</param>
    /// <param name="metadata">Texts to leave beside the tensors.</param>
    /// <exception cref="SafetensorsException">A name occurs twice or cannot be stored, or the format does not have the type of a tensor.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var (header, data) = Arranged(tensors, metadata);
        SafetensorsWriter.Write(path, header, data);
    }

    /// <summary>Writes tensors to a stream, from where it stands: a file within others, a message to another machine.</summary>
    /// <param name="stream">A stream that can be written to; it stays open.</param>
    /// <param name="tensors">Each name once; views and tensors of other devices are copied on the way.</param>
    /// <param name="metadata">Texts to leave beside the tensors.</param>
    /// <exception cref="SafetensorsException">A name occurs twice or cannot be stored, or the format does not have the type of a tensor.</exception>
    /// <example><code>
    /// using var memory = new MemoryStream();
    /// Safetensors.Save(memory, [new("weight", Tensor.Ones([2, 3]))]);
    /// memory.Position = 0;
    /// using var file = SafetensorsFile.Open(memory);
    /// Console.WriteLine(file.Load("weight").Shape);     // → [2, 3]
    /// </code></example>
    public static void Save(Stream stream, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var (header, data) = Arranged(tensors, metadata);
        SafetensorsWriter.Write(stream, header, data);
    }

    static (SafetensorsHeader Header, Action<SafetensorsEntry, Action<ReadOnlySpan<byte>>> Data) Arranged(
        IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        KeyValuePair<string, Tensor>[] all = [.. tensors];
        var header = SafetensorsHeader.Arrange(all.Select(t => (t.Key, t.Value.DType.Stored(), t.Value.Shape.Select(n => (long)n).ToImmutableArray())), metadata);
        var byName = all.ToDictionary();
        return (header, (entry, write) => byName[entry.Name].ReadBytes(write));
    }
}
