using System.Collections.Immutable;

namespace Candeia;

/// <summary>What a safetensors header says about one tensor: bytes [<paramref name="Start"/>, <paramref name="End"/>) after the header.</summary>
/// <param name="Name">The tensor's name, such as <c>conv1.weight</c>.</param>
/// <param name="Type">The type of its elements, stored in little-endian order.</param>
/// <param name="Shape">Its sizes; empty for a scalar. Elements are stored in C order.</param>
/// <param name="Start">The offset of the first byte, counted from the end of the header.</param>
/// <param name="End">The offset after the last byte.</param>
public sealed record SafetensorsEntry(string Name, SafetensorsType Type, ImmutableArray<long> Shape, long Start, long End)
{
    /// <summary>How many bytes the tensor takes in the file.</summary>
    public long Length => End - Start;

    /// <summary>Bytes that a tensor takes, or null where that overflows, is negative or is not a whole number of bytes.</summary>
    internal static long? Size(SafetensorsType type, ReadOnlySpan<long> shape)
    {
        Int128 bits = type.Bits();
        foreach (long n in shape)
        {
            if (n < 0) return null;
            bits *= n;                                                      // < 2^66 · 2^63: cannot overflow
            if (bits > 8 * (Int128)long.MaxValue) return null;
        }
        return bits % 8 == 0 ? (long)(bits / 8) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Type.Name()} [{string.Join(", ", Shape)}]";
}
