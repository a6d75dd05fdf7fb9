namespace Candeia.Training.Tests;

/// <summary>Metrics of classes against definitions written down again, sample by sample.</summary>
public class ClassMetricTests
{
    const int N = 200, Classes = 5;

    /// <summary>Scores with many ties, right more often than not; class 3 is never true and class 4 rare.</summary>
    static (Tensor Scores, Tensor Truth, int[] T, int[] P) Case(ulong seed)
    {
        var random = new Generator(seed);
        var scores = Tensor.Zeros([N, Classes]);
        int[] truth = [.. Enumerable.Range(0, N).Select(i => i % 40 == 0 ? 4 : random.NextInt(3))], predicted = new int[N];
        for (int i = 0; i < N; i++)
        {
            double[] row = [.. Enumerable.Range(0, Classes).Select(c => Math.Round(random.NextDouble() * 4) / 4 + (c == truth[i] ? 0.5 : 0))];
            for (int c = 0; c < Classes; c++) scores[i, c] = (float)row[c];
            predicted[i] = Array.IndexOf(row, row.Max());
        }
        return (scores, Tensor.From(truth), truth, predicted);
    }

    static double Value(Metric metric, Tensor output, Tensor target) => Measured.In(3, metric, output, target).Value;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Precision_recall_and_F1_equal_their_definitions(ulong seed)
    {
        var (scores, target, truth, predicted) = Case(seed);
        int Count(Func<int, int, bool> which) => Enumerable.Range(0, N).Count(i => which(truth[i], predicted[i]));
        int[] occurring = [.. truth.Concat(predicted).Distinct()];
        double PrecisionOf(int c) => Count((_, p) => p == c) is var n and > 0 ? (double)Count((t, p) => p == c && t == c) / n : 0;
        double RecallOf(int c) => Count((t, _) => t == c) is var n and > 0 ? (double)Count((t, p) => p == c && t == c) / n : 0;
        double F1Of(int c) => PrecisionOf(c) + RecallOf(c) is var sum and > 0 ? 2 * PrecisionOf(c) * RecallOf(c) / sum : 0;
        double accuracy = Count((t, p) => t == p) / (double)N;

        Check(average => new Precision(average), PrecisionOf);
        Check(average => new Recall(average), RecallOf);
        Check(average => new F1(average), F1Of);
        Assert.Equal(accuracy, Value(new Accuracy(), scores, target), 1e-12);
        Assert.Equal(1 - accuracy, Value(new ConfusionMatrix(), scores, target), 1e-12);

        void Check(Func<Average, Metric> metric, Func<int, double> expected)
        {
            Assert.Equal(occurring.Average(expected), Value(metric(Average.Macro), scores, target), 1e-12);
            Assert.Equal(truth.Average(expected), Value(metric(Average.Weighted), scores, target), 1e-12);
            Assert.Equal(accuracy, Value(metric(Average.Micro), scores, target), 1e-12);
        }
    }

    [Fact]
    public void Decisions_between_two_follow_the_threshold()
    {
        Tensor p = Tensor.From([0.9f, 0.8f, 0.4f, 0.6f, 0.1f, 0.7f]), y = Tensor.From([1f, 0, 1, 1, 0, 0]);
        // Yes: 0.9 (right), 0.8 (wrong), 0.6 (right), 0.7 (wrong).
        Assert.Equal(2 / 4.0, Value(new BinaryPrecision(), p, y));
        Assert.Equal(2 / 3.0, Value(new BinaryRecall(), p, y));
        Assert.Equal(2 * 0.5 * (2 / 3.0) / (0.5 + 2 / 3.0), Value(new BinaryF1(), p, y), 1e-12);
        Assert.Equal(3 / 6.0, Value(new BinaryConfusionMatrix(), p, y));
        Assert.Equal(1, Value(new BinaryPrecision(Threshold: 0.85), p, y));
        var logits = (p / (1 - p)).Log();
        Assert.Equal(2 / 3.0, Value(new BinaryRecall(FromLogits: true), logits.Unsqueeze(1), y));
        Assert.Equal(0, Value(new BinaryPrecision(Threshold: 0.99), p, y));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void The_class_is_among_the_best_guesses(int k)
    {
        var (scores, target, truth, _) = Case(7);
        int hits = Enumerable.Range(0, N).Count(i =>
            Enumerable.Range(0, Classes).OrderByDescending(c => (float)scores[i, c]).ThenBy(c => c).Take(k).Contains(truth[i]));
        Assert.Equal(hits / (double)N, Value(new TopKAccuracy(k), scores, target), 1e-12);
        Assert.Equal($"top{k}_accuracy", new TopKAccuracy(k).Name);
    }

    [Fact]
    public void What_is_not_a_number_is_no_hit()
    {
        Tensor scores = [[float.NaN, 1], [0f, 1]];
        Assert.Equal(0.5, Value(new TopKAccuracy(1), scores, Tensor.From([0, 1])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_area_under_the_ROC_curve_counts_pairs(ulong seed)
    {
        var (scores, target, truth, _) = Case(seed);
        double Pairs(IEnumerable<(double Score, bool Yes)> samples)
        {
            double[] yes = [.. samples.Where(s => s.Yes).Select(s => s.Score)], no = [.. samples.Where(s => !s.Yes).Select(s => s.Score)];
            return yes.Sum(a => no.Sum(b => a > b ? 1 : a == b ? 0.5 : 0)) / ((double)yes.Length * no.Length);
        }
        double[] s = scores.ToArray<double>();
        double Of(int c) => Pairs(truth.Select((t, i) => (s[i * Classes + c], t == c)));
        Assert.Equal(Of(1), Value(new BinaryAuroc(), scores[.., 1], target.Eq(1)), 1e-12);
        Assert.Equal(truth.Distinct().Average(Of), Value(new Auroc(), scores, target), 1e-12);
        Assert.Equal(truth.Average(Of), Value(new Auroc(Average.Weighted), scores, target), 1e-12);
        Assert.Equal(Pairs(s.Select((x, i) => (x, truth[i / Classes] == i % Classes))), Value(new Auroc(Average.Micro), scores, target), 1e-12);
        Assert.Equal(Value(new Auroc(), scores.Softmax(1), target), Value(new Auroc(FromLogits: true), scores, target));
        Assert.True(double.IsNaN(Value(new BinaryAuroc(), scores[.., 1], target.Eq(99))));
    }

    [Fact]
    public void A_ROC_curve_goes_from_nothing_to_everything()
    {
        var curve = RocCurve.Of(Tensor.From([0.1f, 0.4f, 0.35f, 0.8f]), Tensor.From([0f, 0, 1, 1]));
        Assert.Equal([double.PositiveInfinity, 0.8f, 0.4f, 0.35f, 0.1f], curve.Thresholds);
        Assert.Equal([0, 0, 0.5, 0.5, 1], curve.FalsePositiveRate);
        Assert.Equal([0, 0.5, 0.5, 1, 1], curve.TruePositiveRate);
        Assert.Equal(0.75, curve.Area);
        Assert.Throws<ArgumentException>(() => RocCurve.Of(Tensor.From([0.1f, 0.4f]), Tensor.From([1f, 1f])));
    }

    [Fact]
    public void Pictures_of_classes_are_measured_pixel_by_pixel()
    {
        var scores = Tensor.Rand([4, 3, 5, 6], generator: new Generator(1));
        var classes = scores.ArgMax(1);                                      // [4, 5, 6]
        Assert.Equal(1, Value(new Accuracy(), scores, classes));
        Assert.Equal(1, Value(new F1(), scores, classes));
        classes[0] = classes[0].Eq(0).To(DType.Int64);
        Assert.Equal(0.75, Value(new Accuracy(), scores, classes));
        Assert.Equal(0.25, Value(new ConfusionMatrix(), scores, classes));
    }

    [Fact]
    public void Confusions_are_kept_beside_their_number_and_printed()
    {
        Tensor scores = [[1f, 0], [1f, 0], [1f, 0], [0f, 1], [1f, 0]];
        var state = Measured.In(2, new ConfusionMatrix(), scores, Tensor.From([0, 0, 0, 1, 1]));
        var confusion = Assert.IsType<Confusion>(state.Detail);
        Assert.Equal((3, 0, 1, 1), (confusion[0, 0], confusion[0, 1], confusion[1, 0], confusion[1, 1]));
        Assert.Equal(0.2, state.Value, 1e-12);
        Assert.Equal(
            "true ╲ predicted     cat      dog   recall\n" +
            "cat                    3        0  100.0 %\n" +
            "dog                    1        1   50.0 %\n" +
            "precision         75.0 %  100.0 %   80.0 %\n", confusion.ToString(["cat", "dog"]));
    }

    [Theory]
    [InlineData(typeof(Accuracy)), InlineData(typeof(TopKAccuracy)), InlineData(typeof(Precision)), InlineData(typeof(Recall)), InlineData(typeof(F1))]
    [InlineData(typeof(Auroc)), InlineData(typeof(ConfusionMatrix)), InlineData(typeof(BinaryAccuracy)), InlineData(typeof(BinaryPrecision))]
    [InlineData(typeof(BinaryRecall)), InlineData(typeof(BinaryF1)), InlineData(typeof(BinaryConfusionMatrix)), InlineData(typeof(BinaryAuroc))]
    [InlineData(typeof(RSquared)), InlineData(typeof(Pearson)), InlineData(typeof(MeanAbsoluteError)), InlineData(typeof(MeanSquaredError)), InlineData(typeof(RootMeanSquaredError))]
    public void Shapes_that_would_broadcast_are_refused_by_every_metric(Type type)
    {
        var metric = (Metric)Activator.CreateInstance(type, type.GetConstructors().MinBy(c => c.GetParameters().Length)!.GetParameters().Select(p => p.DefaultValue).ToArray())!;
        var e = Assert.Throws<ShapeException>(() => metric.Begin().Add(Tensor.Ones([4, 1]), Tensor.Ones([3])));
        Assert.Contains($"{type.Name} compares", e.Message, StringComparison.Ordinal);
        Assert.Contains("[4, 1]", e.Message, StringComparison.Ordinal);
        Assert.Contains("[3]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_and_answers_that_do_not_exist_are_refused()
    {
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => new Accuracy().Begin().Add(Tensor.Ones([2, 3]), Tensor.From([0, 3])));
        Assert.Contains("the class 3; scores [2, 3] are for the classes 0 … 2", e.Message, StringComparison.Ordinal);
        Assert.Contains("0 or 1, not 2", Assert.Throws<ArgumentOutOfRangeException>(() => new BinaryF1().Begin().Add(Tensor.Ones([1]), Tensor.From([2f]))).Message, StringComparison.Ordinal);
        Assert.Contains("at least 5 classes", Assert.Throws<ShapeException>(() => new TopKAccuracy().Begin().Add(Tensor.Ones([1, 3]), Tensor.From([0]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_area_of_each_class_is_the_detail()
    {
        var state = new Auroc().Begin();
        Tensor scores = [[0.9f, 0.1f, 0f], [0.2f, 0.8f, 0f], [0.3f, 0.4f, 0.3f], [0.6f, 0.3f, 0.1f]];
        state.Add(scores, Tensor.From([0L, 1, 1, 1]));
        var areas = Assert.IsType<ClassAreas>(state.Detail);
        Assert.Equal((1, 1), (areas[0], areas[1]));
        Assert.True(double.IsNaN(areas[2]));
        Assert.Equal((areas[0] + areas[1]) / 2, state.Value);
    }
}
