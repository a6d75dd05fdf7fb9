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
        var bars = classes.Select(c => new Block(c.From, c.To, c.Count, Hue, $"{Range(c.From, c.To)}: {Numbers.Fixed(c.Count, 0)}"));
        return new Plot(
            Scale.Fit(X with { Log = false }, classes.SelectMany(c => (double[])[c.From, c.To]), air: 0) with { Integers = false },
            Scale.Fit(Y with { Log = false }, classes.Select(c => (double)c.Count), air: 0.05, Zero.Always),
            [new BarsMark([.. bars])]) { ClipX = X.Range is not null, ClipY = Y.Range is not null };
    }

    internal override string Summary()
    {
        double[] values = [.. Values.Where(Scale.Drawable)];
        if (values.Length == 0) return "Histogram without data.";
        string mean = Numbers.Significant(values.Sum(v => v / values.Length));
        return $"Histogram of {Numbers.Count(values.Length, "value")}, {Range(values.Min(), values.Max())}, mean {mean}.";
    }

    static string Range(double from, double to) => $"{Numbers.Significant(from)} to {Numbers.Significant(to)}";
}
