using System.Buffers.Binary;

namespace Candeia;

/// <summary>NumPy's type of a number, which training programs leave in checkpoints when they write down a loss.</summary>
internal sealed class NumpyType(string name) : IPickleBuilt
{
    bool _isBigEndian;

    /// <summary>The type of a name such as <c>f8</c>; the other arguments say how it would be copied.</summary>
    public static object? Of(object?[] a) => a is [string name, ..] && a.Length <= 3 ? new NumpyType(name) : null;

    /// <summary>A number of a type, from its bytes.</summary>
    public static object? Scalar(object?[] a) => a is [NumpyType type, byte[] bytes] ? type.Read(bytes) : null;

    /// <summary>Takes the order of bytes: <c>(3, '&lt;', None, …)</c>.</summary>
    public bool Build(object? state)
    {
        if (state is not object?[] { Length: >= 2 } items || items[1] is not string order) return false;
        _isBigEndian = order == ">";
        return true;
    }

    object? Read(byte[] bytes)
    {
        byte[] b = [.. bytes];
        if (_isBigEndian) Array.Reverse(b);
        return (name, b.Length) switch
        {
            ("f8", 8) => BinaryPrimitives.ReadDoubleLittleEndian(b),
            ("f4", 4) => (double)BinaryPrimitives.ReadSingleLittleEndian(b),
            ("f2", 2) => (double)BinaryPrimitives.ReadHalfLittleEndian(b),
            ("i8", 8) => BinaryPrimitives.ReadInt64LittleEndian(b),
            ("i4", 4) => (long)BinaryPrimitives.ReadInt32LittleEndian(b),
            ("i2", 2) => (long)BinaryPrimitives.ReadInt16LittleEndian(b),
            ("i1", 1) => (long)(sbyte)b[0],
            ("u1", 1) => (long)b[0],
            ("u2", 2) => (long)BinaryPrimitives.ReadUInt16LittleEndian(b),
            ("u4", 4) => (long)BinaryPrimitives.ReadUInt32LittleEndian(b),
            ("u8", 8) => new System.Numerics.BigInteger(BinaryPrimitives.ReadUInt64LittleEndian(b)),
            ("b1", 1) => b[0] != 0,
            _ => null,
        };
    }
}
