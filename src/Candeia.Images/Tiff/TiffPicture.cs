using System.Runtime.InteropServices;

namespace Candeia.Images;

/// <summary>Pixels of gray and colours, upright, from the samples of a TIFF file.</summary>
internal static class TiffPicture
{
    const int WhiteIsZero = 0, BlackIsZero = 1, Rgb = 2, Palette = 3, FirstOnItsSide = 5, Premultiplied = 1;

    /// <summary>What kind of picture it is.</summary>
    public static ImageInfo Of(in TiffFile file)
    {
        if (file.Kind != TiffKind.Whole || file.Bits > 16)
            throw new ImageFormatException($"samples of {file.Bits} bits that are {(file.Kind == TiffKind.Floating ? "floating-point numbers" : "whole numbers")} are no colours; TiffCodec.Bands reads them");
        var format = (Colours(file), file.Samples) switch
        {
            (WhiteIsZero or BlackIsZero, 1) => PixelFormat.Gray,
            (WhiteIsZero or BlackIsZero, 2) => PixelFormat.GrayAlpha,
            (Rgb, 3) or (Palette, 1) => PixelFormat.Rgb,
            (Rgb, 4) => PixelFormat.Rgba,
            var (colours, samples) => throw new ImageFormatException($"a pixel of {samples} samples and of the colours {colours} is no picture in gray, RGB or a palette; TiffCodec.Bands reads its samples"),
        };
        if (Colours(file) == Palette && (file.Bits > 8 || file.All(TiffField.Palette).Count < 3 << file.Bits)) throw new ImageFormatException("the palette has too few colours");
        bool turned = Orientation(file) >= FirstOnItsSide;
        return new(turned ? file.Height : file.Width, turned ? file.Width : file.Height, format, file.Bits == 16 ? 16 : 8);
    }

    public static void Decode(in TiffFile file, Span<byte> pixels)
    {
        int orientation = Orientation(file);
        if (orientation == 1 && Colours(file) != Palette)
        {
            TiffSamples.Read(file, pixels);
            Scale(file, pixels);
            return;
        }
        using var samples = new Rented(file.ByteCount);
        TiffSamples.Read(file, samples.Span);
        Scale(file, samples.Span);
        int from = file.Samples * file.SampleBytes, to = pixels.Length / (file.Width * file.Height);
        byte[] colours = Colours(file) == Palette ? Named(file) : [];
        var (columnStep, rowStep, start) = Way(orientation, file.Width, file.Height);
        for (int y = 0; y < file.Height; y++)
            for (int x = 0; x < file.Width; x++)
            {
                var pixel = samples.Span.Slice((y * file.Width + x) * from, from);
                (colours.Length > 0 ? colours.AsSpan(3 * pixel[0], 3) : pixel).CopyTo(pixels[((int)(start + x * columnStep + y * rowStep) * to)..]);
            }
    }

    static int Colours(in TiffFile file) => file.One(TiffField.Colours, BlackIsZero);

    static int Orientation(in TiffFile file) => file.One(TiffField.Orientation, 1) is >= 1 and <= 8 and var orientation ? orientation : 1;

    /// <summary>How far it is from a pixel to the one right of it, and to the one below, in the upright picture.</summary>
    static (long Column, long Row, long Start) Way(int orientation, long width, long height) => orientation switch
    {
        2 => (-1, width, width - 1),
        3 => (-1, -width, width * height - 1),
        4 => (1, -width, width * (height - 1)),
        5 => (height, 1, 0),
        6 => (height, -1, height - 1),
        7 => (-height, -1, width * height - 1),
        8 => (-height, 1, height * (width - 1)),
        _ => (1, width, 0),
    };

    /// <summary>Few bits become eight, white where 0 is black, and colours that were multiplied by their opacity are divided by it.</summary>
    static void Scale(in TiffFile file, Span<byte> samples)
    {
        if (Colours(file) == Palette) return;
        if (file.Bits < 8) for (int i = 0, by = 255 / ((1 << file.Bits) - 1); i < samples.Length; i++) samples[i] = (byte)(samples[i] * by);
        int channels = file.Samples;
        if (Colours(file) == WhiteIsZero) for (int i = 0; i < samples.Length; i++) if (channels == 1 || i / file.SampleBytes % channels == 0) samples[i] = (byte)~samples[i];
        if (channels is not (2 or 4) || file.One(TiffField.Extra, 0) != Premultiplied) return;
        var wide = MemoryMarshal.Cast<byte, ushort>(samples);
        int white = file.Bits == 16 ? ushort.MaxValue : byte.MaxValue;
        for (int i = 0, count = samples.Length / file.SampleBytes; i < count; i++)
        {
            int opacity = i / channels * channels + channels - 1;
            if (i == opacity) continue;
            if (file.Bits == 16) wide[i] = (ushort)Divided(wide[i], wide[opacity], white);
            else samples[i] = (byte)Divided(samples[i], samples[opacity], white);
        }
    }

    static long Divided(long value, long opacity, long white) => opacity == 0 ? 0 : Math.Min(white, (value * white + opacity / 2) / opacity);

    /// <summary>Red, green and blue for each number.</summary>
    static byte[] Named(in TiffFile file)
    {
        var palette = file.All(TiffField.Palette);
        int count = 1 << file.Bits;
        byte[] colours = new byte[3 * count];
        for (int i = 0; i < count; i++) for (int c = 0; c < 3; c++) colours[3 * i + c] = (byte)(palette[c * count + i] >> 8);
        return colours;
    }
}
