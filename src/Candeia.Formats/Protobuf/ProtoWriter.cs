using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Candeia;

/// <summary>Fields of a protobuf message, written one after another; what has its default value is left out, as in proto3.</summary>
/// <remarks>The wire format: <see href="https://protobuf.dev/programming-guides/encoding/"/>.</remarks>
internal sealed class ProtoWriter
{
    readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Integer(int field, long value)
    {
        if (value != 0) Always(field, value);
    }

    public void Double(int field, double value)
    {
        if (BitConverter.DoubleToInt64Bits(value) == 0) return;
        Tag(field, WireType.Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);
    }

    /// <summary>A number that is written even if it is 0: one of a list, or of a field that tells by being there.</summary>
    public void Always(int field, long value)
    {
        Tag(field, WireType.Varint);
        Varint((ulong)value);
    }

    /// <summary>Integers in one piece; none are left out.</summary>
    public void Integers(int field, ReadOnlySpan<long> values)
    {
        if (values.IsEmpty) return;
        var packed = new ProtoWriter();
        foreach (long value in values) packed.Varint((ulong)value);
        Bytes(field, packed.Written);
    }

    /// <summary>A member of a oneof: written even if it is 0.</summary>
    public void Single(int field, float value)
    {
        Tag(field, WireType.Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(Take(4), value);
    }

    /// <summary>Numbers in one piece; none are left out.</summary>
    public void Doubles(int field, ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) return;
        Tag(field, WireType.Bytes);
        Varint((ulong)values.Length * 8);
        foreach (double value in values) BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);
    }

    public void Text(int field, string value)
    {
        if (value.Length > 0) Bytes(field, Encoding.UTF8.GetBytes(value));
    }

    /// <summary>Bytes, or a message; written even if they are none.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, WireType.Bytes);
        Varint((ulong)value.Length);
        _bytes.Write(value);
    }

    public void Message(int field, Action<ProtoWriter> write)
    {
        var message = new ProtoWriter();
        write(message);
        Bytes(field, message.Written);
    }

    void Tag(int field, WireType type) => Varint((ulong)field << 3 | (uint)type);

    void Varint(ulong value)
    {
        for (; value > 127; value >>= 7) Take(1)[0] = (byte)(value | 128);
        Take(1)[0] = (byte)value;
    }

    Span<byte> Take(int count)
    {
        var span = _bytes.GetSpan(count)[..count];
        _bytes.Advance(count);
        return span;
    }
}
