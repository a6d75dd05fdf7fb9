namespace Candeia.Charts;

/// <summary>Named values of a dot chart; those that are not finite are left out.</summary>
/// <param name="Name">What has the values.</param>
/// <param name="Values">In any order.</param>
public sealed record DotRow(string Name, IReadOnlyList<double> Values)
{
    /// <summary>The colour: blue unless given, so that one row can stand out in orange.</summary>
    public Hue Hue { get; init; } = Hue.Blue;

    /// <summary>What is written at the end of the row; the mean to three digits unless given.</summary>
    public string? Text { get; init; }

    /// <summary>The mean of what can be drawn.</summary>
    internal double Mean => Values.Where(Scale.Drawable).DefaultIfEmpty(double.NaN).Average();

    internal string Label => Text ?? Numbers.Significant(Mean);
}
