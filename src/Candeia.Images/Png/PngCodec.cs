using System.IO.Compression;

namespace Candeia.Images;

/// <summary>
/// PNG files (ISO/IEC 15948): all colour types, bit depths, interlacing and transparency are read; gray and colour with and without opacity are
/// written, with 8 or 16 bits a sample. Palettes and samples of fewer bits are widened to 8; colours are not corrected for gamma or profile. Of an
/// animation the default image is read.
/// </summary>
/// <param name="Compression">How hard to look for a small file; the pixels are the same at every level, and the same image gives the same
/// bytes.</param>
/// <remarks>
/// Strictness is libpng's by default. Refused is whatever puts the pixels in doubt: a damaged signature, a wrong CRC in a critical chunk, critical
/// chunks that are unknown, missing, repeated or out of order, a file that ends before IEND, a zlib stream that is damaged, ends early or does not
/// match its checksum, an unknown filter, and a size that the bytes of the file cannot hold. Passed over is what the pixels do not need: ancillary
/// chunks that are damaged or out of place (tRNS too), a palette in a gray image, bytes after the last row (the checksum then counts for nothing) or
/// after IEND. A palette index without a palette entry is black.
/// </remarks>
public sealed record PngCodec(CompressionLevel Compression = CompressionLevel.Optimal) : IImageCodec
{
    /// <inheritdoc/>
    public string Name => "PNG";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".png"];

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> file) => PngFile.Recognizes(file);

    /// <inheritdoc/>
    public ImageInfo Identify(ReadOnlySpan<byte> file) => new PngFile(file, toEnd: false).Info;

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> file, Span<byte> pixels)
    {
        var png = new PngFile(file, toEnd: true);
        if (pixels.Length != png.Info.ByteCount)
            throw new ArgumentException($"{pixels.Length} bytes are not the pixels of an image of {png.Info}.", nameof(pixels));
        PngDecoder.Decode(png, pixels);
    }

    /// <inheritdoc/>
    public byte[] Encode(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return PngEncoder.Encode(image, Compression);
    }
}
