namespace Candeia.Charts.Tests;

public class PredictionsChartTests
{
    [Fact]
    public void Shows_the_errors_and_the_diagonal()
    {
        var chart = PredictionsChart.Of([0, 1, 2, 3], [0.4, 1, 2, 2]);

        Assert.True(chart.Diagonal);
        Assert.Equal("MSE 0.29 · MAE 0.35 · r 0.948", chart.Notes.Single());
        Assert.Contains(chart.Notes.Single(), Drawn.Of(chart).Texts);
    }

    [Fact]
    public void Says_how_far_from_one_a_good_r_is()
    {
        double[] truth = [.. Enumerable.Range(0, 100).Select(i => i / 100.0)];
        Assert.Matches(@"r 0\.99\d\d$", PredictionsChart.Of(truth, [.. truth.Select((t, i) => t + (i % 2 == 0 ? 0.01 : -0.01))]).Notes.Single());
    }

    [Fact]
    public void Leaves_out_what_is_not_finite() => Assert.Equal("MSE 1 · MAE 1", PredictionsChart.Of([0, double.NaN], [1, 1]).Notes.Single());

    [Fact]
    public void Of_nothing_has_no_errors() => Assert.Empty(PredictionsChart.Of([double.NaN], [1.0]).Notes);

    [Fact]
    public void Takes_tensors()
    {
        Tensor truth = Tensor.Arange(3), predictions = Tensor.From([0f, 1f, 2f], [3, 1]);
        Assert.Equal("MSE 0 · MAE 0 · r 1", PredictionsChart.Of(truth, predictions).Notes.Single());
    }

    [Fact]
    public void Needs_a_prediction_for_each_truth() =>
        Assert.Contains("1 predictions for 2 truths", Assert.Throws<ArgumentException>(() => PredictionsChart.Of([0, 1], [0.0])).Message, StringComparison.Ordinal);
}
