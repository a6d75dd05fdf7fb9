namespace Candeia.Charts;

/// <summary>A point of a line chart that is worth a word.</summary>
/// <param name="X">Where, on the x axis.</param>
/// <param name="Y">Where, on the y axis.</param>
/// <param name="Text">The word.</param>
public sealed record Callout(double X, double Y, string Text)
{
    /// <summary>The colour of its ring and text; that of plain text unless given.</summary>
    public Hue? Hue { get; init; }
}
