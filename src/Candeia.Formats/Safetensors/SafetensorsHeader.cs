using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Candeia;

/// <summary>The header of a safetensors file: its tensors in the order of their bytes, and free-form metadata in the order of the file.</summary>
internal sealed record SafetensorsHeader(ImmutableArray<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string>? Metadata)
{
    /// <summary>The largest header that readers accept, from the reference implementation.</summary>
    public const int MaxLength = 100_000_000;

    /// <summary>Gives each tensor its place: by descending alignment of its type, then by name, as the reference implementation does.</summary>
    public static SafetensorsHeader Arrange(
        IEnumerable<(string Name, SafetensorsType Type, ImmutableArray<long> Shape)> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var entries = ImmutableArray.CreateBuilder<SafetensorsEntry>();
        var names = new HashSet<string>();
        long offset = 0;
        foreach (var (name, type, shape) in tensors.OrderByDescending(t => t.Type).ThenBy(t => t.Name, ByCodePoint))
        {
            string quoted = SafetensorsException.Quote(name);
            if (name == SafetensorsParser.MetadataKey) throw new SafetensorsException($"A tensor cannot be named {quoted}: the safetensors format uses that name.");
            if (!names.Add(name)) throw new SafetensorsException($"Two tensors are named {quoted}; a safetensors file needs one name for each.");
            long size = SafetensorsEntry.Size(type, shape.AsSpan())
                ?? throw new SafetensorsException($"Tensor {quoted} of {type.Name()} and shape [{string.Join(", ", shape)}] is no whole number of bytes.");
            entries.Add(new(name, type, shape, offset, checked(offset + size)));
            offset += size;
        }
        return new(entries.ToImmutable(), metadata);
    }

    /// <summary>The bytes before the first tensor: length, JSON, spaces up to a multiple of 8.</summary>
    public byte[] ToBytes()
    {
        var json = new StringBuilder("{");
        if (Metadata is not null)
        {
            Append(SafetensorsParser.MetadataKey).Append(":{");
            foreach (var (key, value) in Metadata) { Separate(); Append(key).Append(':'); Append(value); }
            json.Append('}');
        }
        foreach (var e in Entries)
        {
            Separate();
            Append(e.Name).Append($$""":{"dtype":"{{e.Type.Name()}}","shape":[{{string.Join(',', e.Shape)}}],"data_offsets":[{{e.Start}},{{e.End}}]}""");
        }
        json.Append('}');

        byte[] text = Encode(json.ToString());
        byte[] bytes = new byte[8 + (text.Length + 7) / 8 * 8];
        if (bytes.Length - 8 > MaxLength) throw new SafetensorsException($"The names and metadata take {bytes.Length - 8:N0} bytes; a safetensors header holds at most {MaxLength:N0}.");
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bytes.Length - 8);
        text.CopyTo(bytes, 8);
        bytes.AsSpan(8 + text.Length).Fill((byte)' ');
        return bytes;

        void Separate() { if (json[^1] != '{') json.Append(','); }
        StringBuilder Append(string s)
        {
            json.Append('"');
            foreach (char c in s) _ = c switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append(@"\\"),
                '\b' => json.Append(@"\b"),
                '\f' => json.Append(@"\f"),
                '\n' => json.Append(@"\n"),
                '\r' => json.Append(@"\r"),
                '\t' => json.Append(@"\t"),
                < ' ' => json.Append($"\\u{(int)c:x4}"),
                _ => json.Append(c),
            };
            return json.Append('"');
        }
    }

    static byte[] Encode(string json)
    {
        try { return new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(json); }
        catch (EncoderFallbackException e) { throw new SafetensorsException("A name or a metadata text holds half of a surrogate pair, which a file cannot hold.", e); }
    }

    static readonly Comparer<string> ByCodePoint = Comparer<string>.Create((a, b) =>
    {
        for (int i = 0; i < Math.Min(a.Length, b.Length); i++)
            if (a[i] != b[i]) return char.IsSurrogate(a[i]) == char.IsSurrogate(b[i]) ? a[i] - b[i] : char.IsSurrogate(a[i]) ? 1 : -1;
        return a.Length - b.Length;
    });
}
