using System.Buffers.Binary;
using System.Text;

namespace Candeia;

/// <summary>Reads the elements of a MATLAB file out of bytes that are there.</summary>
/// <param name="file">The file, for messages.</param>
/// <param name="bytes">The elements.</param>
/// <param name="isBigEndian">The order of bytes in numbers.</param>
internal ref struct MatReader(FileBytes file, ReadOnlySpan<byte> bytes, bool isBigEndian)
{
    const int MostDimensions = 32, ComplexFlag = 0x0800;
    const int FirstNumeric = 6;                        // the classes of arrays: cells, structures, objects, texts and sparse ones come before

    // Of the classes double, single, int8, uint8, int16, uint16, int32, uint32, int64, uint64.
    static readonly DType[] s_held =
    [
        DType.Float64, DType.Float32, DType.Int8, DType.UInt8, DType.Int16, DType.Int32, DType.Int32, DType.Int64, DType.Int64, DType.Int64,
    ];

    ReadOnlySpan<byte> _rest = bytes;

    /// <summary>What comes next, and how many bytes it has.</summary>
    public (MatType Type, long Length) Tag()
    {
        int type = Int32();
        return ((MatType)type, (uint)Int32());
    }

    /// <summary>The array of numbers that these bytes are; null where they are none.</summary>
    public (string Name, Tensor Array)? Array()
    {
        if (_rest.IsEmpty) return null;
        var flags = Element(out var type);
        if (type != MatType.UInt32 || flags.Length < 8) throw file.Error($"an array begins without its kind");
        int kind = Number(flags);
        var sizes = Element(out type);
        if (type != MatType.Int32 || sizes.Length % 4 != 0 || sizes.Length / 4 > MostDimensions) throw file.Error($"an array has no sizes");
        var name = Element(out type);
        if (type is not (MatType.Int8 or MatType.UInt8)) throw file.Error($"an array has no name");
        int @class = (kind & 0xFF) - FirstNumeric;
        if (@class < 0 || @class >= s_held.Length || (kind & ComplexFlag) != 0) return null;
        int[] shape = new int[sizes.Length / 4];
        long count = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = Number(sizes[(4 * i)..]);
            if (shape[i] < 0 || (count *= Math.Max(1, shape[i])) > System.Array.MaxLength) throw file.Error($"an array is announced with {shape[i]:N0} elements in dimension {i}, which cannot be");
        }
        var data = Element(out type);
        string title = Encoding.UTF8.GetString(name);
        // Columns stand one after the other.
        var stored = Numbers(title, data, type, [.. shape.Reverse()]).To(s_held[@class]);
        return (title, stored.Permute([.. Enumerable.Range(0, shape.Length).Reverse()]));
    }

    /// <summary>Numbers in the type in which they take least room.</summary>
    readonly Tensor Numbers(string name, ReadOnlySpan<byte> data, MatType type, Shape shape)
    {
        (DType read, bool isUnsigned) = type switch
        {
            MatType.Int8 => (DType.Int8, false),
            MatType.UInt8 => (DType.UInt8, false),
            MatType.Int16 => (DType.Int16, false),
            MatType.UInt16 => (DType.Int16, true),
            MatType.Int32 => (DType.Int32, false),
            MatType.UInt32 => (DType.Int32, true),
            MatType.Single => (DType.Float32, false),
            MatType.Double => (DType.Float64, false),
            MatType.Int64 => (DType.Int64, false),
            MatType.UInt64 => (DType.Int64, true),
            _ => throw file.Error($"{TensorFileException.Quote(name)} holds elements of the type {(int)type}, which is none of numbers"),
        };
        if (data.Length != shape.Numel * read.Size()) throw file.Error($"{TensorFileException.Quote(name)} has {data.Length:N0} bytes, not those of {shape.Numel:N0} numbers");
        byte[] bytes = data.ToArray();
        if (isBigEndian) FileBytes.Swap(bytes, read.Size());
        var tensor = Tensor.Empty(shape, read);
        tensor.WriteBytes(target => bytes.CopyTo(target));
        if (!isUnsigned) return tensor;
        return Unsigned.Widen(tensor) ?? throw file.Error($"{TensorFileException.Quote(name)} holds a number of 2⁶³ or more, which tensors cannot hold");
    }

    /// <summary>The bytes of the next element: up to four stand in its tag, more behind it, filled up to eight.</summary>
    ReadOnlySpan<byte> Element(out MatType type)
    {
        int first = Int32(), small = first >>> 16;
        type = (MatType)(first & 0xFFFF);
        if (small > 4) throw file.Error($"an element of {small} bytes is announced as a small one");
        long length = small > 0 ? small : (uint)Int32();
        if (length > _rest.Length) throw file.Error($"{length:N0} bytes are announced where {_rest.Length:N0} are left; it is cut off or damaged");
        var data = _rest[..(int)length];
        // The last element of a compressed array need not be filled up.
        _rest = _rest[(int)Math.Min(_rest.Length, small > 0 ? 4 : (length + 7) / 8 * 8)..];
        return data;
    }

    int Int32()
    {
        if (_rest.Length < 4) throw file.Error($"an element ends within its first bytes; it is cut off or damaged");
        int number = Number(_rest);
        _rest = _rest[4..];
        return number;
    }

    readonly int Number(ReadOnlySpan<byte> four) => isBigEndian ? BinaryPrimitives.ReadInt32BigEndian(four) : BinaryPrimitives.ReadInt32LittleEndian(four);
}
