using Candeia.Data;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Distributed.Tests;

/// <summary>Streams with lanes, of which every rank reads its own.</summary>
public class LaneTests
{
    /// <summary>Numbers below 41: those of a lane have its remainder by 4, and the first lane has half as many as the others.</summary>
    static StreamLoader<Batch> Numbers(bool dropLast = false) => new IterableDataset<int>((_, lane) => Of(lane), lanes: 4)
        .Map(i => (X: Tensor.From([(float)i, i % 3, 1]) / 40, Y: Tensor.From([(float)(i % 7)]))).Loader(8, dropLast, workers: 0, seed: 1);

    static IEnumerable<int> Of(int lane)
    {
        for (int i = lane; i < (lane == 0 ? 20 : 41); i += 4) yield return i;
    }

    static Fitted<Linear> Fit(StreamLoader<Batch> data, params Callback[] callbacks) =>
        (new Linear(3, 1, generator: new Generator(1)).Setup((y, t) => y.MseLoss(t), p => new SGD(p, 0.05, momentum: 0.9), new MeanAbsoluteError()) with { Callbacks = [] })
            .With(callbacks).Fit(data, epochs: 2, data);

    [Theory]
    [InlineData(2, false)]
    [InlineData(4, false)]
    [InlineData(2, true)]
    public void Every_rank_reads_its_lanes_alone_and_all_train_as_in_one_process(int ranks, bool dropLast)
    {
        var expected = Fit(Numbers(dropLast: dropLast));
        var read = new HashSet<int>[ranks];
        ThreadRanks.Run(ranks, world =>
        {
            var own = read[world.Rank] = [];
            var data = new IterableDataset<int>((_, lane) => Of(lane).Where(i => own.Add(i) || true), lanes: 4)
                .Map(i => (X: Tensor.From([(float)i, i % 3, 1]) / 40, Y: Tensor.From([(float)(i % 7)]))).Loader(8, dropLast, workers: 0, seed: 1);
            var fitted = Fit(data, Together.Parallel(world));
            foreach (var (a, b) in expected.History.Epochs.Zip(fitted.History.Epochs))
            {
                Assert.Equal(a.Train.Samples, b.Train.Samples);
                Assert.Equal(a.Train.Loss, b.Train.Loss, 1e-5);
                Assert.Equal(a.Valid!.Metrics["mae"], b.Valid!.Metrics["mae"], 1e-5);
            }
            Assert.All(Together.Weights(expected.Model).Zip(Together.Weights(fitted.Model)), w => Assert.Equal(w.First, w.Second, 1e-5));
        });
        Assert.All(read.Index(), r => Assert.All(r.Item, i => Assert.Equal(r.Index, i % 4 * ranks / 4)));
        if (!dropLast) Assert.Equal(35, read.Sum(r => r.Count));
    }

    [Fact]
    public void Lanes_that_ranks_cannot_share_are_refused()
    {
        var failure = Assert.ThrowsAny<Exception>(() => ThreadRanks.Run(3, world => Fit(Numbers(), Together.Parallel(world))));
        Assert.Contains("4 lanes cannot be shared by 3 ranks", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rank_without_a_single_item_says_so()
    {
        var failure = Assert.ThrowsAny<Exception>(() => ThreadRanks.Run(2, world => Fit(
            new IterableDataset<int>((_, lane) => Enumerable.Range(0, 3 * lane), 2).Map(i => (X: Tensor.Ones([3]), Y: Tensor.Ones([1]))).Loader(2, workers: 0, seed: 1), Together.Parallel(world))));
        Assert.Contains("no items at all", failure.ToString(), StringComparison.Ordinal);
    }
}
