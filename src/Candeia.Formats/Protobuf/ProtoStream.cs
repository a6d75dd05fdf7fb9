namespace Candeia;

/// <summary>Reads the fields of a protobuf message that is too large to lie in memory: what is large in it can be entered, or left where it is.</summary>
/// <exception cref="InvalidDataException">Thrown by every method where the bytes are no message.</exception>
internal sealed class ProtoStream(Stream stream, long end)
{
    long _begin, _next = stream.Position;
    long _number;

    public int Field { get; private set; }

    public WireType Type { get; private set; }

    /// <summary>Where the field's bytes begin in the stream.</summary>
    public long Start { get; private set; }

    /// <summary>How many bytes it has.</summary>
    public long Length { get; private set; }

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool Next()
    {
        if (_next == end) return false;
        stream.Position = _begin = _next;
        ulong tag = Varint();
        (Field, Type) = ((int)Math.Min(tag >> 3, int.MaxValue), (WireType)(tag & 7));
        if (tag >> 3 is 0 or >= 1 << 29) throw new InvalidDataException("a field has a number that no field has");
        if (Type == WireType.Varint) _number = (long)Varint();
        ulong length = Type switch
        {
            WireType.Varint => 0,
            WireType.Fixed64 => 8,
            WireType.Fixed32 => 4,
            WireType.Bytes => Varint(),
            _ => throw new InvalidDataException($"field {Field} has the unknown type {(int)Type}"),
        };
        Start = stream.Position;
        if (length > (ulong)(end - Start)) throw new InvalidDataException($"a field of {length} bytes is announced where {end - Start} are left");
        Length = (long)length;
        _next = Start + Length;
        return true;
    }

    public long Integer() => Type == WireType.Varint ? _number : throw Wrong();

    public byte[] Bytes() => Type == WireType.Bytes ? Read(Start) : throw Wrong();

    /// <summary>The field as it stands, a message with this one field.</summary>
    public byte[] Whole() => Read(_begin);

    /// <summary>The field as a message of its own; to be read through before the next field.</summary>
    public ProtoStream Enter()
    {
        if (Type != WireType.Bytes) throw Wrong();
        stream.Position = Start;
        return new(stream, _next);
    }

    byte[] Read(long from)
    {
        if (_next - from > Array.MaxLength) throw new InvalidDataException($"field {Field} of {Length} bytes is too large to be read at once");
        byte[] bytes = new byte[_next - from];
        stream.Position = from;
        stream.ReadExactly(bytes);
        return bytes;
    }

    ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int b = stream.Position < end ? stream.ReadByte() : -1;
            if (b < 0) throw new InvalidDataException("the message ends within a number");
            value |= (ulong)(b & 127) << shift;
            if (b < 128) return value;
        }
        throw new InvalidDataException("a number is longer than 10 bytes");
    }

    InvalidDataException Wrong() => new($"field {Field} is of another type than it should be");
}
