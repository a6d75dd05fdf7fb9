using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Candeia.Images.Tests;

/// <summary>PNG files put together chunk by chunk, right or wrong.</summary>
sealed class PngBuilder
{
    readonly List<byte> file = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public PngBuilder Chunk(string type, params byte[] data) => Chunk(type, data, rightCrc: true);

    public PngBuilder Chunk(string type, byte[] data, bool rightCrc)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.AddRange(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.AddRange(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, SlowCrc(body) ^ (rightCrc ? 0u : 1u));
        file.AddRange(number);
        return this;
    }

    public PngBuilder Header(int width, int height, int depth, int color, int interlace = 0)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(data, width);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), height);
        (data[8], data[9], data[12]) = ((byte)depth, (byte)color, (byte)interlace);
        return Chunk("IHDR", data);
    }

    public PngBuilder Data(params byte[] raw) => Chunk("IDAT", Zlib(raw));

    public byte[] End() { Chunk("IEND"); return file.ToArray(); }

    public byte[] CutOff() => file.ToArray();

    public static byte[] Zlib(byte[] raw)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize)) zlib.Write(raw);
        return packed.ToArray();
    }

    static uint SlowCrc(byte[] bytes)
    {
        uint crc = ~0u;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ crc >> 1 : crc >> 1;
        }
        return ~crc;
    }
}
