namespace Candeia.Training.Tests;

/// <summary>Parts that were counted apart, and then put together, are the whole to the last bit.</summary>
public class MergeTests
{
    public static TheoryData<Metric, int> Metrics
    {
        get
        {
            Metric[] all =
            [
                new MeanAbsoluteError(), new MeanSquaredError(), new RootMeanSquaredError(), new Pearson(), new RSquared(), new BinaryAccuracy(), new BinaryAuroc(),
                new BinaryPrecision(), new BinaryRecall(), new BinaryF1(FromLogits: true), new BinaryConfusionMatrix(), new Accuracy(), new TopKAccuracy(2), new Auroc(),
                new Auroc(Average.Micro), new Auroc(Average.Weighted, FromLogits: true), new Precision(), new Recall(Average.Weighted), new F1(), new ConfusionMatrix(),
            ];
            TheoryData<Metric, int> data = [];
            foreach (var metric in all)
                for (int parts = 1; parts <= 5; parts++) data.Add(metric, parts);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Merged_parts_are_the_whole(Metric metric, int parts)
    {
        bool classes = metric is ClassMetric or Accuracy or TopKAccuracy or Auroc;
        var generator = new Generator(7);
        (Tensor Output, Tensor Target)[] batches = [.. Enumerable.Range(0, 7).Select(b => classes
            ? (Tensor.Randn([5 + b, 4], generator: generator).Softmax(1), Tensor.Arange(5 + b).Remainder(4))
            : (Tensor.Rand([5 + b], generator: generator), (Tensor.Rand([5 + b], generator: generator) > 0.5).To(DType.Float32)))];

        var whole = metric.Begin();
        foreach (var (output, target) in batches) whole.Add(output, target);

        var merged = metric.Begin();
        for (int part = 0; part < parts; part++)
        {
            var counted = metric.Begin();
            foreach (var (output, target) in batches[(batches.Length * part / parts)..(batches.Length * (part + 1) / parts)]) counted.Add(output, target);
            merged.Merge(counted);
        }
        merged.Merge(metric.Begin());                                        // nothing adds nothing
        Assert.False(double.IsNaN(whole.Value));
        Assert.Equal(BitConverter.DoubleToInt64Bits(whole.Value), BitConverter.DoubleToInt64Bits(merged.Value));
        Assert.Equal(whole.Detail?.ToString(), merged.Detail?.ToString());
    }

    [Fact]
    public void Parts_with_other_classes_are_refused()
    {
        IMetricState Of(Metric metric, int classes)
        {
            var state = metric.Begin();
            state.Add(Tensor.Ones([2, classes]), Tensor.Zeros([2], DType.Int64));
            return state;
        }
        foreach (Metric metric in new Metric[] { new F1(), new Auroc() }) Assert.Throws<ShapeException>(() => Of(metric, 3).Merge(Of(metric, 4)));
    }
}
