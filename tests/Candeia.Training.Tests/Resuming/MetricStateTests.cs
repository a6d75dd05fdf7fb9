namespace Candeia.Training.Tests;

public class MetricStateTests
{
    public static TheoryData<Metric> Metrics => [
        new MeanAbsoluteError(), new RootMeanSquaredError(), new Pearson(), new RSquared(), new BinaryAuroc(), new BinaryF1(), new BinaryConfusionMatrix(),
        new Accuracy(), new TopKAccuracy(2), new Auroc(), new F1(), new ConfusionMatrix(),
    ];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void A_count_goes_on_from_a_file(Metric metric)
    {
        bool classes = metric is Accuracy or TopKAccuracy or Auroc or F1 or ConfusionMatrix;
        var generator = new Generator(1);
        (Tensor, Tensor) Batch() => classes
            ? (Tensor.Randn([6, 3], generator: generator).Softmax(1), Tensor.Arange(6).Remainder(3))
            : (Tensor.Rand([6], generator: generator), Tensor.Arange(6).Remainder(2).To(DType.Float32));
        (Tensor Output, Tensor Target)[] batches = [Batch(), Batch(), Batch()];
        var whole = metric.Begin();
        foreach (var (output, target) in batches) whole.Add(output, target);

        using var folder = new TemporaryFolder();
        var first = metric.Begin();
        first.Add(batches[0].Output, batches[0].Target);
        first.Add(batches[1].Output, batches[1].Target);
        var saved = new SavedState("");
        Assert.IsAssignableFrom<IResumable>(first).Save(saved.In("metric"));
        CheckpointFile.Write(folder["a"], saved);

        var second = metric.Begin();
        ((IResumable)second).Restore(CheckpointFile.Read(folder["a"]).In("metric"));
        Assert.Equal(first.Value, second.Value);
        second.Add(batches[2].Output, batches[2].Target);
        Assert.Equal(whole.Value, second.Value);
        Assert.Equal(whole.Detail?.ToString(), second.Detail?.ToString());
    }
}
