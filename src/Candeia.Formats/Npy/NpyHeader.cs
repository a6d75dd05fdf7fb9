using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Candeia;

/// <summary>What stands before the numbers of an array in NumPy's format, versions 1 to 3.</summary>
/// <remarks>The format: <see href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html"/>.</remarks>
/// <param name="Descr">The elements, as NumPy writes them: <c>&lt;f4</c>.</param>
/// <param name="Type">What they are; null where tensors cannot hold them.</param>
/// <param name="IsFortran">Whether the first index is the fastest.</param>
/// <param name="Shape">The sizes.</param>
/// <param name="Length">How many bytes the header has, with all that stands before it.</param>
internal sealed record NpyHeader(string Descr, NpyType? Type, bool IsFortran, ImmutableArray<int> Shape, int Length)
{
    public const int PrefixBytes = 12, Alignment = 64, MostBytes = 1 << 20;

    /// <summary>How every array begins.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>How many bytes come before the numbers, by the first twelve of the array (or all, where it has fewer).</summary>
    public static int Measure(ReadOnlySpan<byte> prefix, string source)
    {
        if (!prefix.StartsWith(Magic)) throw Error(source, "is no NumPy array: it does not begin with \\x93NUMPY");
        if (prefix.Length < 10) throw Error(source, "is cut off within its first bytes");
        var (major, minor) = (prefix[6], prefix[7]);
        if (major is < 1 or > 3 || minor != 0) throw Error(source, $"is of version {major}.{minor} of NumPy's format; 1.0, 2.0 and 3.0 are known");
        if (major > 1 && prefix.Length < PrefixBytes) throw Error(source, "is cut off within its first bytes");
        long length = major == 1 ? 10L + BinaryPrimitives.ReadUInt16LittleEndian(prefix[8..]) : PrefixBytes + (long)BinaryPrimitives.ReadUInt32LittleEndian(prefix[8..]);
        return length <= MostBytes ? (int)length : throw Error(source, $"announces a header of {length:N0} bytes; {MostBytes:N0} are allowed");
    }

    /// <summary>Reads a whole header, which is followed by so many bytes.</summary>
    public static NpyHeader Parse(ReadOnlySpan<byte> header, long following, string source)
    {
        int start = header[6] == 1 ? 10 : PrefixBytes;
        var encoding = header[6] == 3 ? Encoding.UTF8 : Encoding.Latin1;
        var (descr, isFortran, shape) = new NpyDictionary(encoding.GetString(header[start..]), source).Parse();
        var type = NpyType.Parse(descr);
        Int128 bytes = type?.Size ?? 1;
        foreach (long n in shape)
        {
            if (n > int.MaxValue) throw Error(source, $"has a dimension of {n} elements; {int.MaxValue} is the most");
            bytes *= n;
            if (bytes > long.MaxValue) throw Error(source, $"has the shape [{string.Join(", ", shape)}], which is larger than any memory");
        }
        if (type is not null && bytes != following) throw Error(source, $"has the shape [{string.Join(", ", shape)}] of {descr}, which takes {bytes} bytes, but {following} follow the header");
        return new(descr, type, isFortran, [.. shape.Select(n => (int)n)], header.Length);
    }

    /// <summary>The header of a tensor, padded so that numbers begin at a multiple of 64 bytes.</summary>
    public static byte[] Of(Tensor tensor)
    {
        string descr = NpyType.Of(tensor.DType) ?? throw new TensorFileException($"NumPy's format has no {tensor.DType.Name()} numbers; convert with To(DType.Float32) before saving.");
        string sizes = tensor.Rank == 1 ? $"{tensor.Shape[0]}," : string.Join(", ", tensor.Shape);
        string text = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({sizes}), }}";
        int length = (10 + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        if (length - 10 > ushort.MaxValue) throw new TensorFileException($"A shape of {tensor.Rank} dimensions is too long for NumPy's format.");
        byte[] bytes = new byte[length];
        Magic.CopyTo(bytes);
        bytes[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)(length - 10));
        bytes.AsSpan(10).Fill((byte)' ');
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(10));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    static TensorFileException Error(string source, string what) => new($"{source} {what}.");
}
