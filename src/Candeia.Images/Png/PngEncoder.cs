using System.Buffers.Binary;
using System.IO.Compression;

namespace Candeia.Images;

/// <summary>Lays out the file: signature, IHDR, PLTE where pixels are places in a palette, one IDAT, IEND.</summary>
internal static class PngEncoder
{
    static ReadOnlySpan<byte> Start => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    const int HeaderBytes = 25, AfterHeader = 8 + HeaderBytes;

    /// <summary>The file of an image; with a palette, 256 colours of three bytes, gray values are places in it.</summary>
    public static byte[] Encode(Image image, CompressionLevel level, ReadOnlySpan<byte> palette = default)
    {
        int chunkStart = AfterHeader + (palette.IsEmpty ? 0 : 12 + palette.Length), dataStart = chunkStart + 8;
        using var file = new MemoryStream(4096);
        file.Position = dataStart;
        using (var zlib = new ZLibStream(file, level, leaveOpen: true)) WriteRows(image, level, zlib);
        int length = (int)file.Length - dataStart;
        file.Position = 0;
        file.Write(Start);
        WriteHeader(file, image.Info, palette.IsEmpty);
        if (!palette.IsEmpty)
        {
            WriteStart(file, PngChunks.PLTE, palette.Length);
            file.Write(palette);
            WriteCrc(file, AfterHeader + 4);
        }
        WriteStart(file, PngChunks.IDAT, length);
        file.Position += length;
        WriteCrc(file, chunkStart + 4);
        WriteStart(file, PngChunks.IEND, 0);
        WriteCrc(file, (int)file.Position - 4);
        return file.ToArray();
    }

    static void WriteRows(Image image, CompressionLevel level, ZLibStream zlib)
    {
        int rowBytes = image.Info.RowBytes;
        using var filtered = new Rented(PngFiltering.Bytes(image.Info));
        PngFiltering.Apply(image, level, filtered.Span);
        zlib.Write(filtered.Span);
    }

    static void WriteHeader(MemoryStream file, ImageInfo info, bool ofColours)
    {
        WriteStart(file, PngChunks.IHDR, 13);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, info.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], info.Height);
        header[8] = (byte)info.BitsPerSample;
        header[9] = (byte)(!ofColours ? PngColor.Palette : info.Format switch
        {
            PixelFormat.Gray => PngColor.Gray,
            PixelFormat.GrayAlpha => PngColor.GrayAlpha,
            PixelFormat.Rgb => PngColor.Rgb,
            _ => PngColor.Rgba,
        });
        header[10..].Clear();
        file.Write(header);
        WriteCrc(file, 12);
    }

    static void WriteStart(MemoryStream file, uint type, int length)
    {
        Span<byte> start = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(start, length);
        BinaryPrimitives.WriteUInt32BigEndian(start[4..], type);
        file.Write(start);
    }

    /// <summary>The check of all bytes from <paramref name="from"/>, a chunk's type, up to here.</summary>
    static void WriteCrc(MemoryStream file, int from)
    {
        Span<byte> crc = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc32.Of(file.GetBuffer().AsSpan(from, (int)file.Position - from)));
        file.Write(crc);
    }
}
