using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Candeia.Vision;

/// <summary>Makes pixels of an unfiltered row: widens palette indices and small samples, turns the transparent colour into opacity.</summary>
internal readonly ref struct PngPixels
{
    readonly PngHeader header;
    readonly int pixelBytes;
    readonly Span<byte> table;                        // the pixel for each index or small gray value
    readonly ReadOnlySpan<byte> transparent;          // the samples of the transparent colour as they stand in a row

    /// <summary>A table takes this many bytes at most.</summary>
    public const int TableBytes = 256 * 4;

    public PngPixels(in PngFile png, Span<byte> memory)
    {
        header = png.Header;
        pixelBytes = png.Info.PixelBytes;
        if (header.Color == PngColor.Palette) FillPalette(table = memory[..(256 * pixelBytes)], pixelBytes, png);
        else if (header.BitDepth < 8) FillGrays(table = memory[..((1 << header.BitDepth) * pixelBytes)], pixelBytes, png);
        else if (header.BitDepth == 16 || png.Transparency.IsEmpty) transparent = png.Transparency;
        else transparent = KeepLowBytes(png.Transparency, memory);
    }

    /// <summary>Entries that the palette lacks are black, as libpng has them.</summary>
    static void FillPalette(Span<byte> table, int pixelBytes, in PngFile png)
    {
        table.Clear();
        for (int i = 0; i < 256; i++)
        {
            var pixel = table.Slice(i * pixelBytes, pixelBytes);
            if (3 * i < png.Palette.Length) png.Palette.Slice(3 * i, 3).CopyTo(pixel);
            if (pixelBytes == 4) pixel[3] = i < png.Transparency.Length ? png.Transparency[i] : (byte)255;
        }
    }

    static void FillGrays(Span<byte> table, int pixelBytes, in PngFile png)
    {
        int highest = (1 << png.Header.BitDepth) - 1;
        for (int i = 0; i <= highest; i++)
        {
            table[i * pixelBytes] = (byte)(i * 255 / highest);
            if (pixelBytes == 2) table[i * 2 + 1] = i == (png.Transparency[1] & highest) ? (byte)0 : (byte)255;
        }
    }

    static Span<byte> KeepLowBytes(ReadOnlySpan<byte> samples, Span<byte> memory)
    {
        for (int i = 0; i < samples.Length / 2; i++) memory[i] = samples[2 * i + 1];
        return memory[..(samples.Length / 2)];
    }

    public void Write(ReadOnlySpan<byte> row, Span<byte> pixels)
    {
        if (!table.IsEmpty) Look(row, pixels);
        else if (!transparent.IsEmpty) AddOpacity(row, pixels);
        else row.CopyTo(pixels);
        if (header.BitDepth == 16 && BitConverter.IsLittleEndian)
        {
            var samples = MemoryMarshal.Cast<byte, ushort>(pixels);
            BinaryPrimitives.ReverseEndianness(samples, samples);
        }
    }

    void Look(ReadOnlySpan<byte> row, Span<byte> pixels)
    {
        int depth = header.BitDepth, perByte = 8 / depth, mask = (1 << depth) - 1;
        for (int x = 0, to = 0; to < pixels.Length; x++, to += pixelBytes)
        {
            int index = row[x / perByte] >> 8 - depth * (x % perByte + 1) & mask;
            table.Slice(index * pixelBytes, pixelBytes).CopyTo(pixels[to..]);
        }
    }

    void AddOpacity(ReadOnlySpan<byte> row, Span<byte> pixels)
    {
        int colorBytes = transparent.Length;
        for (int from = 0, to = 0; to < pixels.Length; from += colorBytes, to += pixelBytes)
        {
            var color = row.Slice(from, colorBytes);
            color.CopyTo(pixels[to..]);
            pixels.Slice(to + colorBytes, pixelBytes - colorBytes).Fill(color.SequenceEqual(transparent) ? (byte)0 : (byte)255);
        }
    }
}
