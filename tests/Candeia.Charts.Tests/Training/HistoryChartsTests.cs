using Candeia.Training;

namespace Candeia.Charts.Tests;

public class HistoryChartsTests
{
    static History Of(params (double Train, double? Valid)[] losses) => new([.. losses.Select((l, i) => new EpochResult(i + 1, Pass(l.Train), l.Valid is { } v ? Pass(v) : null, 1, 1e-3))]);

    static PhaseResult Pass(double loss) => new(loss, new Dictionary<string, double> { ["mae"] = loss / 2 }, 64, 1);

    [Fact]
    public void Train_and_valid_are_there_and_the_best_valid_epoch_is_marked()
    {
        var chart = Of((0.5, 0.4), (0.3, 0.2), (0.1, 0.25)).Chart();

        Assert.Equal(["train", "valid"], chart.Series.Select(s => s.Name));
        Assert.Equal([0.4, 0.2, 0.25], chart.Series[1].Y);
        Assert.Equal([1, 2, 3], chart.Series[1].X);
        Assert.Equal((2, 0.2, "best: epoch 2, 0.2"), (chart.Callouts.Single().X, chart.Callouts.Single().Y, chart.Callouts.Single().Text));
        Assert.False(chart.Y.Log);
    }

    [Theory]
    [InlineData(0.058, 0.0009, true)]
    [InlineData(0.9, 0.1, false)]
    [InlineData(0.9, 0, false)]
    [InlineData(0.9, -0.01, false)]
    public void The_axis_is_logarithmic_over_more_than_ten_times(double first, double last, bool log) => Assert.Equal(log, Of((first, null), (last, null)).Chart().Y.Log);

    [Fact]
    public void Without_validation_the_best_of_training_is_marked_and_no_empty_series_shown()
    {
        var chart = Of((0.5, null), (0.1, null), (double.NaN, null)).Chart();

        Assert.Equal(["train"], chart.Series.Select(s => s.Name));
        Assert.Equal(2, chart.Callouts.Single().X);
    }

    [Fact]
    public void A_metric_of_validation_alone_has_its_chart()
    {
        var valid = new PhaseResult(1, new Dictionary<string, double> { ["accuracy"] = 0.5 }, 64, 1);
        var chart = new History([new(1, Pass(1), valid, 1, 1e-3), new(2, Pass(1), valid, 1, 1e-3)]).Chart("accuracy");
        Assert.Equal("valid", chart.Series.Single().Name);
        Assert.Equal([0.5, 0.5], chart.Series.Single().Y);
    }

    [Fact]
    public void Metrics_have_their_chart_and_unknown_ones_say_what_is_there()
    {
        var history = Of((0.5, 0.4), (0.3, 0.2));

        Assert.Equal([0.25, 0.15], history.Chart("mae").Series[0].Y);
        Assert.Equal("Mae per epoch", history.Chart("mae").Title);
        Assert.Contains("only loss, mae", Assert.Throws<ArgumentException>(() => history.Chart("accuracy")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_without_epochs_is_an_empty_chart() => Assert.NotEmpty(History.Empty.Chart().ToSvg());
}
