namespace Candeia.Charts;

/// <summary>How often values occur, in classes of equal, round width.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Values">The values; those that are not finite are left out.</param>
public sealed record Histogram(string Title, IReadOnlyList<double> Values) : Figure(Title)
{
    /// <summary>The axis of the values.</summary>
    public Axis X { get; init; } = new();

    /// <summary>The axis of the counts.</summary>
    public Axis Y { get; init; } = "count";

    /// <summary>About how many classes; by Freedman and Diaconis' rule unless given.</summary>
    public int? Bins { get; init; }

    /// <summary>The colour.</summary>
    public Hue Hue { get; init; } = Hue.Blue;

    internal override Picture Picture()
    {
        var classes = Classes.Of(Values, Bins);
        var bars = new BarsMark([.. classes.Select(c => new Block(c.From, c.To, c.Count, Hue, $"{Numbers.Significant(c.From)} to {Numbers.Significant(c.To)}: {Numbers.Fixed(c.Count, 0)}"))]);
        return new Plot(
            Scale.Fit(X with { Log = false }, classes.SelectMany(c => (double[])[c.From, c.To]), air: 0) with { Integers = false },
            Scale.Fit(Y with { Log = false }, classes.Select(c => (double)c.Count), air: 0.05, Zero.Always),
            [bars]) { ClipX = X.Range is not null, ClipY = Y.Range is not null };
    }

    internal override string Summary()
    {
        double[] values = [.. Values.Where(Scale.Drawable)];
        return values.Length == 0 ? "Histogram without data."
            : $"Histogram of {Numbers.Count(values.Length, "value")} from {Numbers.Significant(values.Min())} to {Numbers.Significant(values.Max())}, mean {Numbers.Significant(values.Average(v => v / values.Length) * values.Length)}.";
    }
}
