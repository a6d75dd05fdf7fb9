using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Candeia.Compare;

/// <summary>A tensor of a safetensors file that our side wrote: float32, or int64.</summary>
sealed record Saved(bool IsWhole, long[] Shape, ReadOnlyMemory<byte> Bytes)
{
    public float[] Floats => MemoryMarshal.Cast<byte, float>(Bytes.Span).ToArray();

    public long[] Longs => MemoryMarshal.Cast<byte, long>(Bytes.Span).ToArray();

    public static Dictionary<string, Saved> Load(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int size = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        return JsonDocument.Parse(file.AsMemory(8, size)).RootElement.EnumerateObject().Where(e => e.Name != "__metadata__").ToDictionary(e => e.Name, e =>
        {
            int[] range = [.. e.Value.GetProperty("data_offsets").EnumerateArray().Select(o => o.GetInt32())];
            string type = e.Value.GetProperty("dtype").GetString()!;
            if (type is not ("F32" or "I64")) throw new InvalidDataException($"'{path}' holds {type}, which no network of the comparison has.");
            return new Saved(type == "I64", [.. e.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())], file.AsMemory((8 + size + range[0])..(8 + size + range[1])));
        });
    }
}
