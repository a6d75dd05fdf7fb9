using System.Buffers.Binary;
using System.Numerics;

namespace Candeia.Training;

/// <summary>The checksum of TFRecord files: CRC-32C, rotated and shifted so that checksums of texts with checksums in them stay sound.</summary>
internal static class MaskedCrc
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte b in bytes) crc = BitOperations.Crc32C(crc, b);
        return BitOperations.RotateRight(~crc, 15) + 0xA282EAD8;
    }
}
