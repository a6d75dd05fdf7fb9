using System.Buffers.Binary;

namespace Candeia.Images;

/// <summary>
/// The chunks of a PNG file one after another. A wrong CRC is refused in critical chunks; an ancillary chunk with one is passed over.
/// </summary>
internal ref struct PngChunks(ReadOnlySpan<byte> file, int position)
{
    public const uint IHDR = 0x49484452, PLTE = 0x504C5445, IDAT = 0x49444154, IEND = 0x49454E44, TRNS = 0x74524E53;

    readonly ReadOnlySpan<byte> _file = file;
    int _next = position;

    public uint Type { get; private set; }
    public int Position { get; private set; }
    public ReadOnlySpan<byte> Data { get; private set; }

    public readonly bool IsCritical => (Type & 0x20000000) == 0;

    /// <summary>Goes to the next chunk; there is always one, since IEND ends the reading.</summary>
    public void Next()
    {
        do Read(); while (!CrcIsRight());
    }

    void Read()
    {
        Position = _next;
        var rest = _file[_next..];
        if (rest.Length < 12) throw new ImageFormatException("the file ends before its IEND chunk; it was cut off", null, Position);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        Type = BinaryPrimitives.ReadUInt32BigEndian(rest[4..]);
        for (int i = 4; i < 8; i++)
            if (!char.IsAsciiLetter((char)rest[i]))
                throw new ImageFormatException("a chunk should begin here, and its name is not four letters", null, Position);
        if (length > rest.Length - 12) throw Fault($"the chunk declares {length} bytes and the file has {rest.Length - 12} left; it was cut off");
        Data = rest.Slice(8, (int)length);
        _next += 12 + (int)length;
    }

    readonly bool CrcIsRight()
    {
        uint stated = BinaryPrimitives.ReadUInt32BigEndian(_file[(Position + 8 + Data.Length)..]);
        if (Crc32.Of(_file.Slice(Position + 4, Data.Length + 4)) == stated) return true;
        return IsCritical ? throw Fault("the chunk's CRC does not match its bytes; the file is damaged") : false;
    }

    public readonly ImageFormatException Fault(string fault) => new(fault, NameOf(Type), Position);

    static string NameOf(uint type) => string.Create(4, type, static (name, type) =>
    {
        for (int i = 0; i < 4; i++) name[i] = (char)(byte)(type >> 24 - 8 * i);
    });
}
