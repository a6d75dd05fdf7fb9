using SkiaSharp;

namespace Candeia.Images;

/// <summary>
/// A format that Skia reads. Sizes are checked before memory is taken for pixels, and whatever is not a complete success is refused: a file that ends
/// early gives no half picture. Pixels are as they are stored, without a colour profile applied; a picture that was taken with the camera on its side
/// stands upright.
/// </summary>
public abstract record SkiaCodec : IImageCodec
{
    private protected SkiaCodec() { }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<string> Extensions { get; }

    /// <inheritdoc/>
    public abstract bool Recognizes(ReadOnlySpan<byte> file);

    /// <summary>What Skia calls the format.</summary>
    private protected abstract SKEncodedImageFormat Format { get; }

    /// <summary>More pixels than that no byte of a valid file stands for.</summary>
    private protected abstract long MostPixelsPerByte { get; }

    /// <inheritdoc/>
    public virtual ImageInfo Identify(ReadOnlySpan<byte> file)
    {
        using var opened = new SkiaFile(file, Name, Format, MostPixelsPerByte);
        return opened.Info;
    }

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> file, Span<byte> pixels)
    {
        using var opened = new SkiaFile(file, Name, Format, MostPixelsPerByte);
        if (pixels.Length != opened.Info.ByteCount)
            throw new ArgumentException($"{pixels.Length} bytes are not the pixels of an image of {opened.Info}.", nameof(pixels));
        opened.Decode(pixels);
        if (!IsWhole(file)) throw new ImageFormatException($"the {Name} file ends before its pixels do");
    }

    /// <inheritdoc/>
    public virtual void DecodeWindow(ReadOnlySpan<byte> file, int top, int left, int height, int width, Span<byte> pixels)
    {
        var whole = new Image(Identify(file));
        RefuseOutside(whole.Info, top, left, height, width, pixels.Length);
        Decode(file, whole.Pixels);
        whole.Crop(top..(top + height), left..(left + width)).Pixels.CopyTo(pixels);
    }

    private protected static void RefuseOutside(ImageInfo info, int top, int left, int height, int width, int bytes)
    {
        if (top < 0 || left < 0 || height < 1 || width < 1 || top > info.Height - height || left > info.Width - width)
            throw new ArgumentOutOfRangeException(nameof(top), $"A window of {height}×{width} pixels at ({top}, {left}) does not lie within {info}.");
        if (bytes != (long)height * width * info.PixelBytes) throw new ArgumentException($"{bytes} bytes are not the pixels of {height}×{width} of {info}.", nameof(bytes));
    }

    /// <summary>Whether a file that Skia takes for complete is.</summary>
    private protected virtual bool IsWhole(ReadOnlySpan<byte> file) => true;

    /// <inheritdoc/>
    public virtual byte[] Encode(Image image) => throw new NotSupportedException($"{Name} files are read but not written; write a PNG file.");
}
