using SkiaSharp;

namespace Candeia.Images;

/// <summary>GIF files; of an animation the first picture is read. They are not written.</summary>
public sealed record GifCodec : SkiaCodec
{
    /// <inheritdoc/>
    public override string Name => "GIF";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".gif"];

    private protected override SKEncodedImageFormat Format => SKEncodedImageFormat.Gif;

    // A code of 12 bits stands for 4 096 pixels at most.
    private protected override long MostPixelsPerByte => 4096;

    /// <inheritdoc/>
    public override bool Recognizes(ReadOnlySpan<byte> file) => file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8);
}
