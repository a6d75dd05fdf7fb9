namespace Candeia.Charts;

/// <summary>Sentences for readers who cannot see the figure.</summary>
internal static class Summaries
{
    public static string OfSeries(string kind, IReadOnlyList<Series> series, Axis x, Axis y)
    {
        string what = (y.Caption == "" ? "" : $" of {y.Caption}") + (x.Caption == "" ? "" : $" over {x.Caption}");
        if (series.Count == 0) return $"{kind}{what}, without data.";
        return $"{kind}{what}. " + string.Join(" ", series.Select(One));
    }

    static string One(Series series)
    {
        var ys = series.Y.Where(Scale.Drawable).ToArray();
        string name = series.Name == "" ? "" : series.Name + ": ";
        return ys.Length == 0 ? $"{name}no points."
            : $"{name}{Numbers.Count(ys.Length, "point")} from {Numbers.Significant(ys.Min())} to {Numbers.Significant(ys.Max())}, "
            + $"the last {Numbers.Significant(ys[^1])}.";
    }
}
