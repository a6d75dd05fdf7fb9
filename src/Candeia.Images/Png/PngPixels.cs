using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Candeia.Images;

/// <summary>Makes pixels of an unfiltered row: widens palette indices and small samples, turns the transparent colour into opacity.</summary>
internal readonly ref struct PngPixels
{
    readonly PngHeader _header;
    readonly int _pixelBytes;
    readonly Span<byte> _table;                       // the pixel for each index or small gray value
    readonly ReadOnlySpan<byte> _transparent;         // the samples of the transparent colour as they stand in a row

    /// <summary>A table takes this many bytes at most.</summary>
    public const int TableBytes = 256 * 4;

    public PngPixels(in PngFile png, Span<byte> memory)
    {
        _header = png.Header;
        _pixelBytes = png.Info.PixelBytes;
        if (png.IsOfNumbers) FillNumbers(_table = memory[..256]);
        else if (_header.Color == PngColor.Palette) FillPalette(_table = memory[..(256 * _pixelBytes)], _pixelBytes, png);
        else if (_header.BitDepth < 8) FillGrays(_table = memory[..((1 << _header.BitDepth) * _pixelBytes)], _pixelBytes, png);
        else if (_header.BitDepth == 16 || png.Transparency.IsEmpty) _transparent = png.Transparency;
        else _transparent = KeepLowBytes(png.Transparency, memory);
    }

    static void FillNumbers(Span<byte> table)
    {
        for (int i = 0; i < 256; i++) table[i] = (byte)i;
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

    /// <summary>Makes the pixels of a row.</summary>
    public void Write(ReadOnlySpan<byte> row, Span<byte> pixels)
    {
        if (!_table.IsEmpty) Look(row, pixels);
        else if (!_transparent.IsEmpty) AddOpacity(row, pixels);
        else row.CopyTo(pixels);
        if (_header.BitDepth == 16 && BitConverter.IsLittleEndian)
        {
            var samples = MemoryMarshal.Cast<byte, ushort>(pixels);
            BinaryPrimitives.ReverseEndianness(samples, samples);
        }
    }

    void Look(ReadOnlySpan<byte> row, Span<byte> pixels)
    {
        int depth = _header.BitDepth, perByte = 8 / depth, mask = (1 << depth) - 1;
        for (int x = 0, to = 0; to < pixels.Length; x++, to += _pixelBytes)
        {
            int index = row[x / perByte] >> 8 - depth * (x % perByte + 1) & mask;
            _table.Slice(index * _pixelBytes, _pixelBytes).CopyTo(pixels[to..]);
        }
    }

    void AddOpacity(ReadOnlySpan<byte> row, Span<byte> pixels)
    {
        int colorBytes = _transparent.Length;
        for (int from = 0, to = 0; to < pixels.Length; from += colorBytes, to += _pixelBytes)
        {
            var color = row.Slice(from, colorBytes);
            color.CopyTo(pixels[to..]);
            pixels.Slice(to + colorBytes, _pixelBytes - colorBytes).Fill(color.SequenceEqual(_transparent) ? (byte)0 : (byte)255);
        }
    }
}
