using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

public class KFoldTests
{
    static TensorDataset Points(int count = 30)
    {
        var x = Tensor.Arange(0.0, count, dtype: DType.Float32).Reshape(count, 1) / count;
        return new(x, 3 * x + 1);
    }

    static Learner<Linear> Learner() => new Linear(1, 1).Setup((y, t) => y.MseLoss(t), p => new Adam(p, 0.05), new MeanAbsoluteError()).Quiet();

    [Theory]
    [InlineData(10, 3), InlineData(5, 5), InlineData(100, 7)]
    public void Every_item_is_tested_once_and_never_by_who_has_learnt_it(int count, int folds)
    {
        var parts = new KFold(folds).Parts(count);
        Assert.Equal(folds, parts.Count);
        Assert.Equal(Enumerable.Range(0, count), parts.SelectMany(p => p.Valid).Order());
        Assert.All(parts, p => Assert.Equal(Enumerable.Range(0, count), p.Train.Concat(p.Valid).Order()));
        Assert.InRange(parts.Max(p => p.Valid.Length) - parts.Min(p => p.Valid.Length), 0, 1);
        Assert.Equal(parts[0].Valid, new KFold(folds).Parts(count)[0].Valid);
        if (count > folds) Assert.NotEqual(parts[0].Valid, new KFold(folds, Seed: 1).Parts(count)[0].Valid);
    }

    [Fact]
    public void Classes_are_dealt_out_alike()
    {
        int[] classes = [.. Enumerable.Range(0, 60).Select(i => i % 6 == 0 ? 1 : 0)];
        Assert.All(new KFold(5).Parts(60, classes), p => Assert.Equal(2, p.Valid.Count(i => classes[i] == 1)));
    }

    [Fact]
    public void Each_part_has_a_model_of_its_own_and_the_same_seed_gives_the_same()
    {
        var result = new KFold(3, Seed: 4).Fit(Learner, Points(), epochs: 30);
        Assert.Equal(3, result.Valid.Count);
        Assert.All(result.Histories, h => Assert.Equal(30, h.Epochs.Count));
        Assert.Equal(result.Valid.Average(v => v["mae"]), result.Mean("mae"), 1e-12);
        Assert.True(result.Deviation() > 0);
        Assert.Contains("part 3: loss", $"{result}", StringComparison.Ordinal);
        Assert.Contains("mean: loss", $"{result}", StringComparison.Ordinal);
        Assert.Equal(result.Valid.Select(v => v.Loss), new KFold(3, Seed: 4).Fit(Learner, Points(), epochs: 30).Valid.Select(v => v.Loss));
        // The first model has seen nothing of what the second one has learnt.
        Assert.All(result.Histories, h => Assert.True(h.Epochs[0].Train.Loss > 0.3));
    }

    [Fact]
    public void What_cannot_be_dealt_out_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new KFold(1));
        Assert.Throws<ArgumentException>(() => new KFold(5).Parts(4));
        Assert.Throws<ArgumentException>(() => new KFold(2).Parts(4, [0, 1]));
        var same = Learner();
        Assert.Contains("same model", Assert.Throws<InvalidOperationException>(() => new KFold(2).Fit(() => same, Points(), epochs: 1)).Message, StringComparison.Ordinal);
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new KFold(2).Fit(Learner, Points(), epochs: 1, cancellation: stopped.Token));
    }
}
