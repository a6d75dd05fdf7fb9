namespace Candeia.Charts;

/// <summary>Points; the more there are, the smaller and the more transparent, so that their density stays visible.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Series">The groups of points.</param>
public sealed record ScatterChart(string Title, IReadOnlyList<Series> Series) : Figure(Title)
{
    /// <summary>One group of points, without a name.</summary>
    /// <exception cref="ArgumentException">There are not as many x as y.</exception>
    public ScatterChart(string title, IReadOnlyList<double> x, IReadOnlyList<double> y) : this(title, [new Series("", x, y)]) { }

    /// <summary>The horizontal axis.</summary>
    public Axis X { get; init; } = new();

    /// <summary>The vertical axis.</summary>
    public Axis Y { get; init; } = new();

    /// <summary>Whether to draw y = x, in a square with the same range on both axes.</summary>
    public bool Diagonal { get; init; }

    /// <summary>Opacity of a point in (0, 1]; by the number of points unless given.</summary>
    public double? Opacity { get; init; }

    /// <summary>Radius of a point in pixels; by the number of points unless given.</summary>
    public double? Radius { get; init; }

    internal override Picture Picture()
    {
        int count = Series.Sum(s => s.Y.Count);
        List<Mark> marks = [];
        foreach (var (i, series) in Series.Index())
        {
            marks.Add(new PointsMark(series, series.Hue ?? Palette.HueAt(i))
            {
                Radius = Radius ?? PointsMark.RadiusFor(count),
                Opacity = Opacity ?? PointsMark.OpacityFor(count),
            });
        }
        if (Diagonal) marks.Add(new DiagonalMark());
        var xs = Series.SelectMany(s => s.X);
        var ys = Series.SelectMany(s => s.Y);
        bool common = Diagonal && X.Range is null && Y.Range is null && X.Log == Y.Log;
        return new Plot(
            Scale.Fit(X, common ? xs.Concat(ys) : xs, air: 0.04),
            Scale.Fit(Y, common ? xs.Concat(ys) : ys, air: 0.04),
            marks) { Square = Diagonal, Columns = true, ClipX = X.Range is not null, ClipY = Y.Range is not null };
    }

    internal override string Summary() => Summaries.OfSeries("Scatter chart", Series, X, Y);
}
