using Candeia.Training;

namespace Candeia.Charts;

/// <summary>Several trainings, side by side.</summary>
public static class RunCharts
{
    /// <summary>The loss, or a metric, per epoch of each run: on its validation data, or on its training data where nothing was validated.</summary>
    /// <param name="runs">Each with its name, drawn in order.</param>
    /// <param name="metric">The name of a metric, as in the histories.</param>
    /// <exception cref="ArgumentException">A run has no such metric.</exception>
    public static LineChart Curves(IReadOnlyList<(string Name, History History)> runs, string metric = "loss")
    {
        ArgumentNullException.ThrowIfNull(runs);
        var charts = runs.Select(r => (r.Name, Chart: r.History.Chart(metric))).ToArray();
        double[] values = [.. charts.SelectMany(c => c.Chart.Series[^1].Y).Where(double.IsFinite)];
        return new LineChart($"{char.ToUpperInvariant(metric[0])}{metric[1..]} per epoch",
            [.. charts.Select(c => new Series(c.Name, c.Chart.Series[^1].X, c.Chart.Series[^1].Y))])
        {
            Subtitle = charts.Length > 0 && charts.All(c => c.Chart.Series.Count > 1) ? "on validation data" : "",
            X = "epoch",
            Y = new Axis(metric) { Log = metric == "loss" && values.Length > 0 && values.Min() > 0 && values.Max() / values.Min() > 10 },
            Markers = charts.All(c => c.Chart.Markers),
        };
    }

    /// <summary>A row of dots for each kind of run, one for each of its results, such as those of several seeds, with the mean; the best mean is orange.</summary>
    /// <param name="results">Each kind with its name and results.</param>
    /// <param name="metric">What the results are.</param>
    /// <param name="higherIsBetter">Whether the largest mean is the best.</param>
    public static DotChart Results(IReadOnlyList<(string Name, IReadOnlyList<double> Values)> results, string metric = "loss", bool higherIsBetter = false)
    {
        ArgumentNullException.ThrowIfNull(results);
        DotRow[] rows = [.. results.Select(r => new DotRow(r.Name, r.Values))];
        double[] means = [.. rows.Select(r => r.Mean).Where(double.IsFinite)];
        double best = means.Length < 2 ? double.NaN : higherIsBetter ? means.Max() : means.Min();
        return new DotChart($"{char.ToUpperInvariant(metric[0])}{metric[1..]} of each run", [.. rows.Select(r => r.Mean == best ? r with { Hue = Hue.Orange } : r)]) { X = metric };
    }
}
