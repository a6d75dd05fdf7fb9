using System.Buffers.Binary;

namespace Candeia;

/// <summary>The cyclic redundancy check of PNG, zip and gzip (ISO 3309), by which accidental damage is noticed; against intent it is no protection.</summary>
/// <example><code>
/// Console.WriteLine($"{Crc32.Of("123456789"u8):x}");                      // → cbf43926
/// </code></example>
public static class Crc32
{
    static readonly uint[] s_table = MakeTable();

    /// <summary>The check of bytes that follow others whose check is <paramref name="before"/>.</summary>
    /// <param name="bytes">Any number of bytes.</param>
    /// <param name="before">What this method said of the bytes before them; 0 where there are none.</param>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        uint crc = ~before;
        uint[] t = s_table;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            uint a = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc, b = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = t[0x700 + (byte)a] ^ t[0x600 + (byte)(a >> 8)] ^ t[0x500 + (byte)(a >> 16)] ^ t[0x400 + (a >> 24)]
                ^ t[0x300 + (byte)b] ^ t[0x200 + (byte)(b >> 8)] ^ t[0x100 + (byte)(b >> 16)] ^ t[b >> 24];
        }
        foreach (byte value in bytes) crc = t[(byte)(crc ^ value)] ^ crc >> 8;
        return ~crc;
    }

    static uint[] MakeTable()
    {
        var table = new uint[8 * 256];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ crc >> 1 : crc >> 1;
            table[i] = crc;
        }
        for (int i = 256; i < table.Length; i++) table[i] = table[(byte)table[i - 256]] ^ table[i - 256] >> 8;
        return table;
    }
}
