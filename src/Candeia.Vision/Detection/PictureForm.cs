namespace Candeia.Vision;

/// <summary>What a network for boxes makes of pictures before it looks at them.</summary>
/// <param name="MinSize">The shorter side is brought to so many pixels,</param>
/// <param name="MaxSize">or to fewer, so that the longer one has no more than these.</param>
internal sealed record PictureForm(int MinSize, int MaxSize)
{
    /// <summary>All pictures are brought to one size, whatever becomes of their shape.</summary>
    public static PictureForm Fixed(Size2d size) => new(0, 0) { Size = size, Divisor = 1 };

    /// <summary>The size of all pictures, where they have one.</summary>
    public Size2d? Size { get; init; }

    /// <summary>What is taken away from each colour; the mean of ImageNet's pictures.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0.485f, 0.456f, 0.406f];

    /// <summary>What each colour is divided by.</summary>
    public IReadOnlyList<float> Std { get; init; } = [0.229f, 0.224f, 0.225f];

    /// <summary>Sides of the batch are multiples of it.</summary>
    public int Divisor { get; init; } = 32;

    /// <summary>The size that a picture is brought to: in float32, as torchvision counts, so that a side may have a pixel less than one would think.</summary>
    public Size2d SizeOf(Size2d size)
    {
        if (Size is { } all) return all;
        double scale = Math.Min((float)MinSize / Math.Min(size.Height, size.Width), (float)MaxSize / Math.Max(size.Height, size.Width));
        return (Math.Max(1, (int)Math.Floor(size.Height * scale)), Math.Max(1, (int)Math.Floor(size.Width * scale)));
    }

    /// <summary>A side of the batch.</summary>
    public int Up(int side) => (side + Divisor - 1) / Divisor * Divisor;
}
