namespace Candeia.Images;

/// <summary>The size and sample layout of an image, as known before its pixels are.</summary>
/// <param name="Width">Pixels per row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Format">The samples of a pixel.</param>
/// <param name="BitsPerSample">8 or 16.</param>
public readonly record struct ImageInfo(int Width, int Height, PixelFormat Format, int BitsPerSample = 8)
{
    /// <summary>Samples per pixel, 1 to 4.</summary>
    public int Channels => (int)Format;

    /// <summary>Bytes from one pixel to the next.</summary>
    public int PixelBytes => Channels * BitsPerSample / 8;

    /// <summary>Bytes from one row to the next; rows are not padded.</summary>
    public int RowBytes => checked(Width * PixelBytes);

    /// <summary>Bytes of the whole image.</summary>
    public long ByteCount => (long)Width * PixelBytes * Height;

    /// <summary>Such as <c>150×150 Rgb, 8 bit</c>.</summary>
    public override string ToString() => $"{Width}×{Height} {Format}, {BitsPerSample} bit";

    internal ImageInfo Checked()
    {
        if (Width < 1 || Height < 1)
            throw new ArgumentException($"An image of {Width}×{Height} pixels has no pixels; both sides must be at least 1.");
        if (Format is < PixelFormat.Gray or > PixelFormat.Rgba)
            throw new ArgumentException($"There is no pixel format {(int)Format}; it is 1, 2, 3 or 4.");
        if (BitsPerSample is not (8 or 16)) throw new ArgumentException($"A sample of {BitsPerSample} bits is not supported; it has 8 or 16.");
        if (ByteCount > Array.MaxLength) throw new ArgumentException($"An image of {this} is larger than an array can be.");
        return this;
    }
}
