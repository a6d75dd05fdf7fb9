using System.Buffers.Binary;

namespace Candeia.Images;

/// <summary>What a camera wrote about a picture, as far as it concerns how it was held.</summary>
internal static class Exif
{
    const int Orientation = 0x112, EntryBytes = 12, Short = 3;

    /// <summary>Whether it says that the picture stands upright, or nothing of that; false where it cannot be read.</summary>
    public static bool IsUpright(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II"u8) || tiff.StartsWith("MM"u8))) return false;
        bool isLittle = tiff[0] == 'I';
        uint at = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (at > tiff.Length - 2) return false;
        int entries = Two(tiff[(int)at..], isLittle);
        if (at + 2 + (long)entries * EntryBytes > tiff.Length) return false;
        for (int i = 0; i < entries; i++)
        {
            var entry = tiff.Slice((int)at + 2 + i * EntryBytes, EntryBytes);
            if (Two(entry, isLittle) == Orientation && (Two(entry[2..], isLittle), Two(entry[8..], isLittle)) != (Short, 1)) return false;
        }
        return true;
    }

    static int Two(ReadOnlySpan<byte> bytes, bool isLittle) => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
