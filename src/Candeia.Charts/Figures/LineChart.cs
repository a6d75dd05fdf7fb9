namespace Candeia.Charts;

/// <summary>Lines over a common axis, each labelled where it ends.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Series">The lines, drawn in order, the last on top.</param>
public sealed record LineChart(string Title, IReadOnlyList<Series> Series) : Figure(Title)
{
    /// <summary>The horizontal axis.</summary>
    public Axis X { get; init; } = new();

    /// <summary>The vertical axis.</summary>
    public Axis Y { get; init; } = new();

    /// <summary>Whether each point is marked by a dot. A point between two gaps is marked in any case.</summary>
    public bool Markers { get; init; }

    /// <summary>Whether to draw y = x, in a square with the same range on both axes.</summary>
    public bool Diagonal { get; init; }

    /// <summary>What lies between two lines, drawn behind all of them.</summary>
    public IReadOnlyList<Band> Bands { get; init; } = [];

    /// <summary>Points that are worth a word.</summary>
    public IReadOnlyList<Callout> Callouts { get; init; } = [];

    internal override Picture Picture()
    {
        List<Mark> marks = Diagonal ? [new DiagonalMark()] : [];
        marks.AddRange(Bands.Select(b => new BandMark(b, b.Hue ?? (Series is [{ Hue: { } first }, ..] ? first : Palette.HueAt(0)))));
        foreach (var (i, series) in Series.Index())
            marks.Add(new LineMark(series, series.Hue ?? Palette.HueAt(i)) { Markers = Markers, XName = X.Label });
        marks.AddRange(Callouts.Select(c => new CalloutMark(c)));
        var xs = Series.SelectMany(s => s.X).Concat(Bands.SelectMany(b => b.X));
        var ys = Series.SelectMany(s => s.Y).Concat(Bands.SelectMany(b => b.Low.Concat(b.High)));
        bool common = Diagonal && X.Range is null && Y.Range is null && X.Log == Y.Log;
        return new Plot(
            Scale.Fit(X, common ? xs.Concat(ys) : xs, air: 0),
            common ? Scale.Fit(Y, xs.Concat(ys), air: 0) : Scale.Fit(Y, ys, air: 0.06, zero: Zero.IfNear),
            marks) { Square = Diagonal, ClipX = X.Range is not null, ClipY = Y.Range is not null };
    }

    internal override string Summary() => Summaries.OfSeries("Line chart", Series, X, Y) + string.Concat(Bands.Select(b => $" {b.Name}: a band of {Numbers.Count(b.X.Count, "point")}."));
}
