namespace Candeia.Training.Tests;

public class MetricTests
{
    static double Value(Metric metric, Tensor output, Tensor target) => Measured.In(2, metric, output, target).Value;

    static readonly Tensor s_output = Tensor.From([0.5f, -1, 2, 0.25f, 3]), s_target = Tensor.From([0f, -1, 1, 0.75f, 2.5f]);

    [Fact]
    public void Errors_are_means_over_all_batches()
    {
        Assert.Equal((0.5 + 0 + 1 + 0.5 + 0.5) / 5, Value(new MeanAbsoluteError(), s_output, s_target), 1e-7);
        Assert.Equal((0.25 + 0 + 1 + 0.25 + 0.25) / 5, Value(new MeanSquaredError(), s_output, s_target), 1e-7);
        Assert.Equal(Math.Sqrt(0.35), Value(new RootMeanSquaredError(), s_output, s_target), 1e-7);
    }

    [Fact]
    public void Pearson_equals_the_textbook()
    {
        double[] x = s_output.ToArray<double>(), y = s_target.ToArray<double>();
        double mx = x.Average(), my = y.Average();
        double r = x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / Math.Sqrt(x.Sum(a => (a - mx) * (a - mx)) * y.Sum(b => (b - my) * (b - my)));
        Assert.Equal(r, Value(new Pearson(), s_output.Unsqueeze(1), s_target), 1e-12);
    }

    [Fact]
    public void Accuracies_count_samples()
    {
        Tensor scores = [[1f, 2f], [3f, 0f], [0f, 1f], [5f, 4f]];
        Tensor classes = [1, 1, 1, 0];
        Assert.Equal(0.75, Value(new Accuracy(), scores, classes));
        Assert.Equal(0.6, Value(new BinaryAccuracy(FromLogits: true), s_output, Tensor.From([1f, 1, 1, 0, 1])), 1e-12);
    }

    [Fact]
    public void R_squared_is_1_for_the_truth_and_0_for_its_mean()
    {
        double[] y = s_output.ToArray<double>(), t = s_target.ToArray<double>();
        double mean = t.Average(), expected = 1 - y.Zip(t, (a, b) => (a - b) * (a - b)).Sum() / t.Sum(b => (b - mean) * (b - mean));
        Assert.Equal(expected, Value(new RSquared(), s_output, s_target), 1e-12);
        Assert.Equal(1, Value(new RSquared(), s_target, s_target));
        Assert.Equal(0, Value(new RSquared(), Tensor.Full([5], mean, DType.Float64), s_target.To(DType.Float64)), 1e-12);
        var far = s_target.To(DType.Float64) + 1e8;
        Assert.Equal(expected, Value(new RSquared(), s_output.To(DType.Float64) + 1e8, far), 1e-6);
    }

    [Fact]
    public void Shapes_that_would_broadcast_are_refused()
    {
        var e = Assert.Throws<ShapeException>(() => new MeanAbsoluteError().Begin().Add(Tensor.Ones([4, 1]), Tensor.Ones([3])));
        Assert.Contains("[4, 1]", e.Message, StringComparison.Ordinal);
        Assert.Contains("[3]", e.Message, StringComparison.Ordinal);
    }
}
