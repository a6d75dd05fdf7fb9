namespace Candeia.Images;

/// <summary>
/// Pixels in memory, row by row from the top, samples of a pixel side by side, no padding; size and format never change, pixels may.
/// </summary>
public sealed partial class Image
{
    readonly byte[] _pixels;

    /// <summary>A black image; with opacity, a transparent one.</summary>
    /// <exception cref="ArgumentException">No such size or format is possible.</exception>
    public Image(ImageInfo info)
    {
        Info = info.Checked();
        _pixels = new byte[info.ByteCount];
    }

    Image(ImageInfo info, byte[] pixels) => (Info, _pixels) = (info, pixels);

    /// <summary>An image with any pixels, for who writes all of them.</summary>
    static Image Unwritten(ImageInfo info) => new(info.Checked(), GC.AllocateUninitializedArray<byte>((int)info.ByteCount));

    /// <summary>An image of 8 or 16 bits a sample, black at first.</summary>
    public Image(int width, int height, PixelFormat format, int bitsPerSample = 8) : this(new ImageInfo(width, height, format, bitsPerSample)) { }

    /// <summary>An image with a copy of these pixel bytes.</summary>
    /// <exception cref="ArgumentException">They are not exactly as many as the image needs.</exception>
    public Image(ImageInfo info, ReadOnlySpan<byte> pixels)
    {
        Info = info.Checked();
        if (pixels.Length != info.ByteCount)
            throw new ArgumentException($"{pixels.Length} bytes are not the {info.ByteCount} of an image of {info}.", nameof(pixels));
        _pixels = pixels.ToArray();
    }

    /// <summary>Size and samples.</summary>
    public ImageInfo Info { get; }

    /// <summary>Pixels per row.</summary>
    public int Width => Info.Width;

    /// <summary>Rows.</summary>
    public int Height => Info.Height;

    /// <summary>The samples of a pixel.</summary>
    public PixelFormat Format => Info.Format;

    /// <summary>Samples per pixel, 1 to 4.</summary>
    public int Channels => Info.Channels;

    /// <summary>8 or 16.</summary>
    public int BitsPerSample => Info.BitsPerSample;

    /// <summary>
    /// All pixel bytes; 16-bit samples are in the machine's byte order, so <c>MemoryMarshal.Cast&lt;byte, ushort&gt;</c> reads them.
    /// </summary>
    public Span<byte> Pixels => _pixels;

    /// <summary>The pixel bytes of row <paramref name="y"/>, 0 on top.</summary>
    public Span<byte> Row(int y)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)Height, nameof(y));
        return _pixels.AsSpan(y * Info.RowBytes, Info.RowBytes);
    }

    /// <summary>Such as <c>150×150 Rgb, 8 bit</c>.</summary>
    public override string ToString() => Info.ToString();
}
