namespace Candeia.Charts;

/// <summary>A named value of a bar chart.</summary>
/// <param name="Name">What has the value.</param>
/// <param name="Value">The length of the bar; no bar if it is not finite.</param>
public sealed record Bar(string Name, double Value)
{
    /// <summary>The colour: blue unless given, so that one bar can stand out in orange.</summary>
    public Hue Hue { get; init; } = Hue.Blue;

    /// <summary>What is written at the end of the bar; the value to three digits unless given.</summary>
    public string? Text { get; init; }
}
