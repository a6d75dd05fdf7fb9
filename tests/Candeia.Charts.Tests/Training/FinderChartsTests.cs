using Candeia.Training;

namespace Candeia.Charts.Tests;

public class FinderChartsTests
{
    static LearningRateCurve Curve(bool diverged, params double[] losses) =>
        new([.. losses.Select((l, i) => new LearningRatePoint(1e-4 * Math.Pow(2, i), l, l))], diverged);

    [Fact]
    public void The_suggestion_is_marked_and_the_divergence_cut_off()
    {
        var curve = Curve(true, 1, 1, 0.99, 0.9, 0.6, 0.3, 0.2, 0.2, 0.5, 40);
        var chart = curve.Chart();

        Assert.True(chart.X.Log);
        Assert.Equal(["loss", "smoothed"], chart.Series.Select(s => s.Name));
        Assert.Equal(curve.Suggested, chart.Callouts.Single().X);
        Assert.InRange(chart.Y.Range!.Value.High, 1, 2);
        Assert.DoesNotContain("NaN", chart.ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_loss_falls_nowhere_nothing_is_suggested() => Assert.Empty(Curve(false, 1, 2, 3, 4, 5).Chart().Callouts);
}
