using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Candeia.Training;

/// <summary>Reads the fields of a protobuf message that may come from anyone: nothing is taken before its length has been checked.</summary>
/// <exception cref="InvalidDataException">Thrown by every method where the bytes are no message.</exception>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    static readonly UTF8Encoding s_utf8 = new(false, throwOnInvalidBytes: true);
    ReadOnlySpan<byte> _rest = message;
    ulong _number;
    ReadOnlySpan<byte> _bytes;

    public int Field { get; private set; }

    public WireType Type { get; private set; }

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty) return false;
        ulong tag = Varint();
        (Field, Type) = ((int)Math.Min(tag >> 3, int.MaxValue), (WireType)(tag & 7));
        if (tag >> 3 is 0 or >= 1 << 29) throw new InvalidDataException("a field has a number that no field has");
        switch (Type)
        {
            case WireType.Varint: _number = Varint(); break;
            case WireType.Fixed64: _number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8)); break;
            case WireType.Fixed32: _number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4)); break;
            case WireType.Bytes: _bytes = Take(Varint()); break;
            default: throw new InvalidDataException($"field {Field} has the unknown type {(int)Type}");
        }
        return true;
    }

    public readonly long Integer() => Type == WireType.Varint ? (long)_number : throw Wrong();

    public readonly float Single() => Type == WireType.Fixed32 ? BitConverter.UInt32BitsToSingle((uint)_number) : throw Wrong();

    public readonly double Double() => Type == WireType.Fixed64 ? BitConverter.UInt64BitsToDouble(_number) : throw Wrong();

    public readonly ReadOnlySpan<byte> Bytes() => Type == WireType.Bytes ? _bytes : throw Wrong();

    public readonly string Text()
    {
        try { return s_utf8.GetString(Bytes()); }
        catch (DecoderFallbackException e) { throw new InvalidDataException($"field {Field} is no valid text", e); }
    }

    /// <summary>Adds a number, or several in one piece.</summary>
    public readonly void AddDoubles(List<double> values)
    {
        if (Type == WireType.Fixed64) values.Add(Double());
        else if (Bytes().Length % 8 != 0) throw Wrong();
        else if (BitConverter.IsLittleEndian) values.AddRange(MemoryMarshal.Cast<byte, double>(Bytes()));
        else for (var rest = Bytes(); !rest.IsEmpty; rest = rest[8..]) values.Add(BinaryPrimitives.ReadDoubleLittleEndian(rest));
    }

    ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte b = Take(1)[0];
            value |= (ulong)(b & 127) << shift;
            if (b < 128) return value;
        }
        throw new InvalidDataException("a number is longer than 10 bytes");
    }

    ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_rest.Length) throw new InvalidDataException($"a field of {count} bytes is announced where {_rest.Length} are left");
        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    readonly InvalidDataException Wrong() => new($"field {Field} is of another type than it should be");
}
