using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Candeia;

/// <summary>Reads the fields of a protobuf message that may come from anyone: nothing is taken before its length has been checked.</summary>
/// <exception cref="InvalidDataException">Thrown by every method where the bytes are no message.</exception>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    static readonly UTF8Encoding s_utf8 = new(false, throwOnInvalidBytes: true);
    readonly ReadOnlySpan<byte> _message = message;
    int _at;
    ulong _number;
    ReadOnlySpan<byte> _bytes;

    public int Field { get; private set; }

    public WireType Type { get; private set; }

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool Next()
    {
        if (_at == _message.Length) return false;
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

    /// <summary>Where in the message the field's bytes begin, for who keeps the memory that they lie in.</summary>
    public readonly int BytesStart() => _at - Bytes().Length;

    public readonly string Text()
    {
        try { return s_utf8.GetString(Bytes()); }
        catch (DecoderFallbackException e) { throw new InvalidDataException($"field {Field} is no valid text", e); }
    }

    /// <summary>Adds a number, or several in one piece.</summary>
    public readonly void AddDoubles(List<double> values)
    {
        if (Type == WireType.Fixed64) values.Add(Double());
        else Add(Bytes(), values);
    }

    /// <inheritdoc cref="AddDoubles"/>
    public readonly void AddSingles(List<float> values)
    {
        if (Type == WireType.Fixed32) values.Add(Single());
        else Add(Bytes(), values);
    }

    /// <inheritdoc cref="AddDoubles"/>
    public readonly void AddIntegers(List<long> values)
    {
        if (Type == WireType.Varint) values.Add(Integer());
        else
        {
            var packed = new ProtoReader(Bytes());
            values.EnsureCapacity(values.Count + Ends(packed._message));
            while (packed._at < packed._message.Length) values.Add((long)packed.Varint());
        }
    }

    readonly void Add<T>(ReadOnlySpan<byte> packed, List<T> values) where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        if (packed.Length % size != 0) throw Wrong();
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Protobuf messages are read on little-endian machines only.");
        values.AddRange(MemoryMarshal.Cast<byte, T>(packed));
    }

    /// <summary>How many numbers end in these bytes.</summary>
    static int Ends(ReadOnlySpan<byte> packed)
    {
        int count = 0;
        foreach (byte b in packed) count += 1 - (b >> 7);
        return count;
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
        int left = _message.Length - _at;
        if (count > (ulong)left) throw new InvalidDataException($"a field of {count} bytes is announced where {left} are left");
        var taken = _message.Slice(_at, (int)count);
        _at += (int)count;
        return taken;
    }

    readonly InvalidDataException Wrong() => new($"field {Field} is of another type than it should be");
}
