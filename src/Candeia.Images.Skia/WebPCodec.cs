using SkiaSharp;

namespace Candeia.Images;

/// <summary>WebP files, lossy and lossless; of an animation the first picture is read. Written are 8 bits a sample; gray becomes RGB.</summary>
/// <param name="Quality">0 to 100: how much of the picture is kept; of lossless files, how hard to look for a small one.</param>
/// <param name="Lossless">Whether every pixel is kept as it is.</param>
public sealed record WebPCodec(int Quality = 90, bool Lossless = false) : SkiaCodec
{
    /// <inheritdoc/>
    public override string Name => "WebP";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".webp"];

    private protected override SKEncodedImageFormat Format => SKEncodedImageFormat.Webp;

    // One colour needs no bits for its pixels.
    private protected override long MostPixelsPerByte => long.MaxValue;

    /// <inheritdoc/>
    public override bool Recognizes(ReadOnlySpan<byte> file) => file.Length >= 12 && file[..4].SequenceEqual("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8);

    /// <inheritdoc/>
    public override byte[] Encode(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)Quality, 100u, nameof(Quality));
        var options = new SKWebpEncoderOptions(Lossless ? SKWebpEncoderCompression.Lossless : SKWebpEncoderCompression.Lossy, Quality);
        return SkiaEncoder.Encode(image.Format == PixelFormat.Gray ? image.ToRgb() : image, Name, pixels => pixels.Encode(options));
    }
}
