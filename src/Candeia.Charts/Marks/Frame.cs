namespace Candeia.Charts;

/// <summary>From data to the drawing: two scales over a rectangle.</summary>
internal sealed record Frame(Scale X, Scale Y, Box Area)
{
    public double AtX(double x) => Area.Left + X.At(x) * Area.Width;
    public double AtY(double y) => Area.Bottom - Y.At(y) * Area.Height;

    /// <summary>Places that are taken by data, for texts that look for a free one.</summary>
    public IReadOnlyList<(double X, double Y)> Taken { get; init; } = [];
}
