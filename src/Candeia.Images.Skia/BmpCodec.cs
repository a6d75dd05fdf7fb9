using SkiaSharp;

namespace Candeia.Images;

/// <summary>BMP files of Windows and OS/2. They are not written.</summary>
public sealed record BmpCodec : SkiaCodec
{
    /// <inheritdoc/>
    public override string Name => "BMP";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".bmp", ".dib"];

    private protected override SKEncodedImageFormat Format => SKEncodedImageFormat.Bmp;

    // A run of 255 pixels takes two bytes.
    private protected override long MostPixelsPerByte => 1024;

    /// <inheritdoc/>
    public override bool Recognizes(ReadOnlySpan<byte> file) => file is [(byte)'B', (byte)'M', ..];
}
