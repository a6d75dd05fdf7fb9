using SkiaSharp;

namespace Candeia.Images;

/// <summary>Images as Skia's pixels, and these as files.</summary>
internal static class SkiaEncoder
{
    /// <summary>The file of an image of 8 bits a sample.</summary>
    public static byte[] Encode(Image image, string format, Func<SKPixmap, SKData?> encode)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.BitsPerSample != 8) throw new NotSupportedException($"{format} files have 8 bits a sample, not {image.BitsPerSample}; convert with To8Bit() first.");
        bool gray = image.Format == PixelFormat.Gray;
        using var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, gray ? SKColorType.Gray8 : SKColorType.Rgba8888,
            image.Channels % 2 == 1 ? SKAlphaType.Opaque : SKAlphaType.Unpremul));
        Fill(bitmap, image);
        using var pixels = bitmap.PeekPixels();
        using var file = encode(pixels) ?? throw new NotSupportedException($"An image of {image.Width}×{image.Height} pixels is too large for a {format} file.");
        return file.ToArray();
    }

    static void Fill(SKBitmap bitmap, Image image)
    {
        var to = bitmap.GetPixelSpan();
        int channels = image.Channels, width = image.Width;
        for (int y = 0; y < image.Height; y++)
        {
            var row = image.Row(y);
            var line = to[(y * bitmap.RowBytes)..];
            if (channels == 1)
            {
                row.CopyTo(line);
                continue;
            }
            for (int x = 0, p = 0, q = 0; x < width; x++, p += channels, q += 4)
            {
                for (int c = 0; c < 3; c++) line[q + c] = row[p + (channels == 2 ? 0 : c)];
                line[q + 3] = channels == 3 ? (byte)255 : row[p + channels - 1];
            }
        }
    }
}
