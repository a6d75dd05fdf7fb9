using SkiaSharp;

namespace Candeia.Images;

/// <summary>
/// JPEG files: baseline and progressive, gray, colour, and the inks of printers (CMYK), which become RGB. Pictures that a camera took on its side (EXIF's
/// orientation) are turned upright. Written are gray and RGB, with 8 bits a sample.
/// </summary>
/// <param name="Quality">0 to 100: how much of the picture is kept; 95 shows no difference to the eye, 75 makes a file a third as large.</param>
public sealed record JpegCodec(int Quality = 95) : SkiaCodec
{
    /// <inheritdoc/>
    public override string Name => "JPEG";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".jpg", ".jpeg", ".jpe", ".jfif"];

    private protected override SKEncodedImageFormat Format => SKEncodedImageFormat.Jpeg;

    // A block of 8×8 pixels takes at least one bit.
    private protected override long MostPixelsPerByte => 1024;

    /// <inheritdoc/>
    public override bool Recognizes(ReadOnlySpan<byte> file) => file is [0xFF, 0xD8, 0xFF, ..];

    /// <inheritdoc/>
    public override ImageInfo Identify(ReadOnlySpan<byte> file) => Usual(file) is { } header ? new ImageInfo(header.Width, header.Height, PixelFormat.Rgb) : base.Identify(file);

    /// <inheritdoc/>
    /// <remarks>Of the usual photograph (baseline, in colours, upright) the rest is not computed; it is read all the same, so that one that is damaged anywhere is refused.</remarks>
    public override void DecodeWindow(ReadOnlySpan<byte> file, int top, int left, int height, int width, Span<byte> pixels)
    {
        if (Usual(file) is { } header)
        {
            RefuseOutside(new ImageInfo(header.Width, header.Height, PixelFormat.Rgb), top, left, height, width, pixels.Length);
            if (BaselineWindow.TryDecode(file, header, top, left, height, width, pixels)) return;
        }
        base.DecodeWindow(file, top, left, height, width, pixels);
    }

    /// <summary>The header of the usual photograph, if its size is one that the bytes can hold.</summary>
    BaselineHeader? Usual(ReadOnlySpan<byte> file) =>
        BaselineHeader.Read(file) is { } header && SkiaFile.IsPossible(header.Width, header.Height, MostPixelsPerByte, file.Length) ? header : null;

    private protected override bool IsWhole(ReadOnlySpan<byte> file) => JpegMarkers.ReachEnd(file);

    /// <inheritdoc/>
    public override byte[] Encode(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)Quality, 100u, nameof(Quality));
        if (image.Channels is 2 or 4) throw new NotSupportedException("JPEG files have no opacity; convert with ToGray() or ToRgb() first, or write a PNG file.");
        return SkiaEncoder.Encode(image, Name, pixels => pixels.Encode(new SKJpegEncoderOptions(Quality)));
    }
}
