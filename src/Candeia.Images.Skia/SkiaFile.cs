using System.Buffers;
using SkiaSharp;

namespace Candeia.Images;

/// <summary>A file that Skia has opened: its header is read and its size found to be possible.</summary>
internal sealed class SkiaFile : IDisposable
{
    /// <summary>More than any camera makes; a file that says more is taken for a trap.</summary>
    const long MostPixels = 200_000_000;

    readonly string _format;
    readonly SKData _data;
    readonly SKCodec _codec;
    readonly SKImageInfo _stored;

    /// <exception cref="ImageFormatException">It is no such file, a damaged one, or its size is not to be believed.</exception>
    public SkiaFile(ReadOnlySpan<byte> file, string format, SKEncodedImageFormat kind, long mostPixelsPerByte)
    {
        _format = format;
        _data = SKData.CreateCopy(file);
        _codec = SKCodec.Create(_data);
        if (_codec?.EncodedFormat != kind)
        {
            Dispose();
            throw new ImageFormatException($"the header of the {format} file is damaged");
        }
        var (width, height) = (_codec.Info.Width, _codec.Info.Height);
        long pixels = (long)width * height;
        if (!IsPossible(width, height, mostPixelsPerByte, file.Length))
        {
            Dispose();
            throw new ImageFormatException($"the {format} file says that it has {width}×{height} pixels, which "
                + (pixels > MostPixels ? $"are more than the {MostPixels / 1_000_000} million that are read" : $"its {file.Length} bytes cannot hold"));
        }
        bool gray = _codec.Info.ColorType == SKColorType.Gray8;
        _stored = new SKImageInfo(width, height, gray ? SKColorType.Gray8 : SKColorType.Rgba8888, gray ? SKAlphaType.Opaque : SKAlphaType.Unpremul);
        bool turned = _codec.EncodedOrigin >= SKEncodedOrigin.LeftTop;
        Info = new ImageInfo(turned ? height : width, turned ? width : height,
            gray ? PixelFormat.Gray : _codec.Info.AlphaType == SKAlphaType.Opaque ? PixelFormat.Rgb : PixelFormat.Rgba);
    }

    /// <summary>Whether a file of so many bytes can have so many pixels, and they are not too many.</summary>
    public static bool IsPossible(int width, int height, long mostPixelsPerByte, int bytes) =>
        (long)width * height is >= 1 and <= MostPixels and var pixels && pixels / mostPixelsPerByte <= bytes;

    /// <summary>Size and samples of the picture as it stands upright.</summary>
    public ImageInfo Info { get; }

    /// <summary>Writes all pixels.</summary>
    /// <exception cref="ImageFormatException">The file is damaged or ends early.</exception>
    public void Decode(Span<byte> pixels)
    {
        byte[] stored = ArrayPool<byte>.Shared.Rent(_stored.BytesSize);
        try
        {
            switch (_codec.GetPixels(_stored, stored))
            {
                case SKCodecResult.Success: break;
                case SKCodecResult.IncompleteInput: throw new ImageFormatException($"the {_format} file ends before its pixels do");
                default: throw new ImageFormatException($"the pixels of the {_format} file are damaged");
            }
            Place(stored, pixels);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(stored);
        }
    }

    bool IsUpright => _codec.EncodedOrigin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default;

    public void Dispose()
    {
        _codec?.Dispose();
        _data.Dispose();
    }

    /// <summary>Every pixel to where it stands in the upright picture. That place is a linear function of row and column.</summary>
    void Place(ReadOnlySpan<byte> stored, Span<byte> pixels)
    {
        if (IsUpright)
        {
            PackedPixels.Copy(stored[..(_stored.Width * _stored.Height * _stored.BytesPerPixel)], _stored.BytesPerPixel, pixels, Info.PixelBytes);
            return;
        }
        int from = _stored.BytesPerPixel, to = Info.PixelBytes, start = At(0, 0) * to, right = At(1, 0) * to - start, down = At(0, 1) * to - start;
        for (int y = 0, p = 0; y < _stored.Height; y++)
        {
            for (int x = 0, q = start + y * down; x < _stored.Width; x++, p += from, q += right)
            {
                pixels[q] = stored[p];
                for (int channel = 1; channel < to; channel++) pixels[q + channel] = stored[p + channel];
            }
        }
    }

    /// <summary>The number of the pixel that stored column x and row y become.</summary>
    int At(int x, int y)
    {
        var (w, h) = (_stored.Width, _stored.Height);
        var (column, row) = _codec.EncodedOrigin switch
        {
            SKEncodedOrigin.TopRight => (w - 1 - x, y),
            SKEncodedOrigin.BottomRight => (w - 1 - x, h - 1 - y),
            SKEncodedOrigin.BottomLeft => (x, h - 1 - y),
            SKEncodedOrigin.LeftTop => (y, x),
            SKEncodedOrigin.RightTop => (h - 1 - y, x),
            SKEncodedOrigin.RightBottom => (h - 1 - y, w - 1 - x),
            SKEncodedOrigin.LeftBottom => (y, w - 1 - x),
            _ => (x, y),
        };
        return row * Info.Width + column;
    }
}
