namespace Candeia.Images;

public sealed partial class Image
{
    /// <summary>
    /// Brightness as the eye sees it, 0.2989 R + 0.5870 G + 0.1140 B over the weights' sum (white stays white), to the nearest value of as many bits;
    /// opacity is dropped.
    /// </summary>
    public Image ToGray()
    {
        var gray = new Image(Info with { Format = PixelFormat.Gray });
        Luma.Convert(_pixels, Info, gray._pixels);
        return gray;
    }

    /// <summary>Red, green and blue, each the gray value where the image is gray; opacity is dropped.</summary>
    public Image ToRgb()
    {
        var rgb = new Image(Info with { Format = PixelFormat.Rgb });
        int bytes = BitsPerSample / 8;
        for (int from = 0, to = 0; from < _pixels.Length; from += Info.PixelBytes, to += 3 * bytes)
        {
            for (int channel = 0; channel < 3; channel++)
                _pixels.AsSpan(from + (Channels < 3 ? 0 : channel) * bytes, bytes).CopyTo(rgb._pixels.AsSpan(to + channel * bytes));
        }
        return rgb;
    }

    /// <summary>8 bits a sample, the nearest value to each of 16.</summary>
    public Image To8Bit()
    {
        if (BitsPerSample == 8) return new(Info, _pixels);
        var narrow = new Image(Info with { BitsPerSample = 8 });
        Depth.To8(_pixels, narrow._pixels);
        return narrow;
    }

    /// <summary>The rectangle of rows and columns, such as <c>Crop(..130, 20..150)</c>; a copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It reaches outside the image.</exception>
    public Image Crop(Range rows, Range columns)
    {
        var (top, height) = rows.GetOffsetAndLength(Height);
        var (left, width) = columns.GetOffsetAndLength(Width);
        var crop = new Image(Info with { Width = width, Height = height });
        for (int y = 0; y < height; y++)
            Row(top + y).Slice(left * Info.PixelBytes, crop.Info.RowBytes).CopyTo(crop.Row(y));
        return crop;
    }

    /// <summary>8-bit gray or RGB as it looks on white paper.</summary>
    internal Image OnWhite(PixelFormat format)
    {
        var narrow = To8Bit();
        for (int i = Channels - 1; Channels % 2 == 0 && i < narrow._pixels.Length; i += Channels)
        {
            int opacity = narrow._pixels[i];
            for (int c = i - Channels + 1; c < i; c++) narrow._pixels[c] = (byte)(255 + (narrow._pixels[c] - 255) * opacity / 255);
        }
        return format == PixelFormat.Gray ? narrow.ToGray() : narrow.ToRgb();
    }
}
