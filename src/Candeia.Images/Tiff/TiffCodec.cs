namespace Candeia.Images;

/// <summary>
/// TIFF files, as microscopes, scanners and satellites write them: gray, palettes and RGB, with and without opacity, of 1 to 16 bits a sample, in strips or tiles, samples
/// side by side or in planes, as they are or compressed by LZW, Deflate or PackBits. Of several pictures in a file the first is read, upright. Written are gray
/// and RGB of 8 and 16 bits, compressed by Deflate.
/// </summary>
/// <remarks>
/// What a picture for people cannot hold, more than four samples a pixel and floating-point numbers, <see cref="Bands(ReadOnlySpan{byte})"/> reads. Refused are JPEG and fax
/// inside of a TIFF file, YCbCr, CMYK and CIE colours, BigTIFF, and whatever is damaged.
/// </remarks>
public sealed class TiffCodec : IImageCodec
{
    /// <inheritdoc/>
    public string Name => "TIFF";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".tif", ".tiff"];

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> file) => file is [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..];

    /// <inheritdoc/>
    public ImageInfo Identify(ReadOnlySpan<byte> file) => TiffPicture.Of(new TiffFile(file));

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> file, Span<byte> pixels)
    {
        var tiff = new TiffFile(file);
        var info = TiffPicture.Of(tiff);
        if (pixels.Length != info.ByteCount) throw new ArgumentException($"{pixels.Length} bytes are not the pixels of an image of {info}.", nameof(pixels));
        TiffPicture.Decode(tiff, pixels);
    }

    /// <inheritdoc/>
    public byte[] Encode(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return TiffWriter.Encode(image);
    }

    /// <summary>
    /// All samples of a TIFF file, [bands, height, width], as they are in it: uint8 for bytes, float32 for whole numbers of 16 bits and for floating-point ones, float64 for
    /// whole numbers of 32 bits and for floats of 64. So pictures of satellites are read, which have more bands than eyes.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ImageFormatException">It is no TIFF file, a damaged one, or one of a kind that is not read.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Tensor Bands(string path)
    {
        try
        {
            return Bands(OrdinaryFile.ReadAllBytes(path, Image.MostFileBytes));
        }
        catch (ImageFormatException fault)
        {
            throw fault.In(path);
        }
    }

    /// <summary>All samples in the bytes of a TIFF file. See <see cref="Bands(string)"/>.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="ImageFormatException">It is no TIFF file, a damaged one, or one of a kind that is not read.</exception>
    public static Tensor Bands(ReadOnlySpan<byte> file)
    {
        var tiff = new TiffFile(file);
        byte[] samples = new byte[tiff.ByteCount];
        TiffSamples.Read(tiff, samples);
        return TiffBands.Of(tiff, samples);
    }
}
