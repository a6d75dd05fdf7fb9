using Candeia.NN;
using Candeia.Training;

namespace Candeia.Charts.Tests;

public class RunChartsTests
{
    static History Run(double? valid, params double[] losses) =>
        new([.. losses.Select((l, i) => new EpochResult(i + 1, Pass(l), valid is { } v ? Pass(l * v) : null, 1, 1e-3))]);

    static PhaseResult Pass(double loss) => new(loss, new Dictionary<string, double> { ["mae"] = loss / 2 }, 64, 1);

    [Fact]
    public void Runs_of_different_length_share_an_axis()
    {
        var chart = RunCharts.Curves([("long", Run(2, 4, 3, 2)), ("short", Run(2, 5, 4))]);

        Assert.Equal(["long", "short"], chart.Series.Select(s => s.Name));
        Assert.Equal([10.0, 8], chart.Series[1].Y);
        Assert.Equal("on validation data", chart.Subtitle);
        Assert.Equal([2, 1.5, 1], RunCharts.Curves([("x", Run(null, 4, 3, 2))], "mae").Series[0].Y);
        Assert.Throws<ArgumentException>(() => RunCharts.Curves([("x", Run(null, 4))], "accuracy"));
    }

    [Fact]
    public void The_best_mean_stands_out()
    {
        (string, IReadOnlyList<double>)[] results = [("a", [0.9, 0.8]), ("b", [0.5, 0.7, double.NaN]), ("c", [0.65, 0.66])];

        Assert.Equal([Hue.Blue, Hue.Orange, Hue.Blue], RunCharts.Results(results).Rows.Select(r => r.Hue));
        Assert.Equal([Hue.Orange, Hue.Blue, Hue.Blue], RunCharts.Results(results, "accuracy", higherIsBetter: true).Rows.Select(r => r.Hue));
        var drawn = Drawn.Of(RunCharts.Results(results));
        Assert.Equal(6, drawn.All("circle").Count());
        Assert.Contains("0.85", drawn.Texts);
    }

    [Fact]
    public void A_schedule_is_drawn_step_by_step()
    {
        var chart = new StepSchedule(2, 0.1).Chart(steps: 5, initial: 1);

        Assert.Equal([0.0, 1, 2, 3, 4], chart.Series[0].X);
        Assert.Equal([1, 1, 0.1, 0.1, 0.01], chart.Series[0].Y.Select(y => Math.Round(y, 12)));
    }
}
