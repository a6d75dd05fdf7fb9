using System.Runtime.InteropServices;

namespace Candeia.Images;

/// <summary>
/// Gray as the eye sees colours: 0.2989 R + 0.5870 G + 0.1140 B, over the weights' sum 0.9999, so that white stays white.
/// Opacity is ignored.
/// </summary>
internal static class Luma
{
    const uint Red = 19591, Green = 38473, Blue = 7472;              // the weights in 1/65536; they add up to 1

    static uint Of(uint red, uint green, uint blue) => (Red * red + Green * green + Blue * blue + 32768) >> 16;

    /// <summary>Gray samples of as many bits as the pixels'.</summary>
    public static void Convert(ReadOnlySpan<byte> pixels, ImageInfo info, Span<byte> gray)
    {
        if (info.Format == PixelFormat.Gray) pixels.CopyTo(gray);
        else if (info.BitsPerSample == 8) Convert8(pixels, info.Channels, gray);
        else Convert16(MemoryMarshal.Cast<byte, ushort>(pixels), info.Channels, MemoryMarshal.Cast<byte, ushort>(gray));
    }

    static void Convert8(ReadOnlySpan<byte> pixels, int channels, Span<byte> gray)
    {
        for (int i = 0, p = 0; i < gray.Length; i++, p += channels)
            gray[i] = channels < 3 ? pixels[p] : (byte)Of(pixels[p], pixels[p + 1], pixels[p + 2]);
    }

    static void Convert16(ReadOnlySpan<ushort> pixels, int channels, Span<ushort> gray)
    {
        for (int i = 0, p = 0; i < gray.Length; i++, p += channels)
            gray[i] = channels < 3 ? pixels[p] : (ushort)Of(pixels[p], pixels[p + 1], pixels[p + 2]);
    }
}
