using System.Buffers.Binary;

namespace Candeia.Images;

/// <summary>The whole numbers of a field: in its entry, if they are four bytes at most, else where it says.</summary>
internal readonly ref struct TiffNumbers
{
    const int Inside = 4;
    readonly ReadOnlySpan<byte> _numbers;
    readonly int _bytes;
    readonly bool _little;

    public TiffNumbers(ReadOnlySpan<byte> file, ReadOnlySpan<byte> entry, bool little)
    {
        _little = little;
        int field = entry.IsEmpty ? 0 : (int)Read(entry, 2, little);
        if (entry.IsEmpty) throw new ImageFormatException("a field is missing that says where the pixels are");
        _bytes = Read(entry[2..], 2, little) switch { 1 => 1, 3 => 2, 4 => 4, var other => throw new ImageFormatException($"the field {field} has numbers of the type {other}") };
        long count = Read(entry[4..], 4, little), length = count * _bytes, at = Read(entry[8..], 4, little);
        if (count == 0) throw new ImageFormatException($"the field {field} has no numbers");
        if (length > Inside && at + length > file.Length) throw new ImageFormatException($"the field {field} lies beyond the end of the file", null, at);
        _numbers = length <= Inside ? entry.Slice(8, (int)length) : file.Slice((int)at, (int)length);
        Count = (int)count;
    }

    public int Count { get; }

    public uint this[int index] => index < Count ? Read(_numbers[(index * _bytes)..], _bytes, _little) : throw new ImageFormatException($"a field has {Count} numbers where more are needed");

    public static uint Read(ReadOnlySpan<byte> from, int bytes, bool little) => bytes switch
    {
        1 => from[0],
        2 => little ? BinaryPrimitives.ReadUInt16LittleEndian(from) : BinaryPrimitives.ReadUInt16BigEndian(from),
        _ => little ? BinaryPrimitives.ReadUInt32LittleEndian(from) : BinaryPrimitives.ReadUInt32BigEndian(from),
    };
}
