namespace Candeia.Charts;

/// <summary>A PNG picture with a title.</summary>
public sealed record ImageFigure : Figure
{
    /// <summary>A picture from the bytes of a PNG file.</summary>
    /// <exception cref="ArgumentException">The bytes do not begin as a PNG file does.</exception>
    public ImageFigure(string title, ReadOnlyMemory<byte> png) : base(title)
    {
        (PixelWidth, PixelHeight) = PngSize.Of(png.Span);
        Png = png;
    }

    /// <summary>Whether it is a drawing in ink on white paper, as scatterplots are: where a page is shown by night, such are light on dark.</summary>
    public bool IsInk { get; init; }

    /// <summary>The bytes of the PNG file.</summary>
    public ReadOnlyMemory<byte> Png { get; }

    /// <summary>Width of the picture in its own pixels.</summary>
    public int PixelWidth { get; }

    /// <summary>Height of the picture in its own pixels.</summary>
    public int PixelHeight { get; }

    internal override Picture Picture() => new Bitmap(this);

    internal override string Summary() => $"Picture of {PixelWidth} by {PixelHeight} pixels.";
}
