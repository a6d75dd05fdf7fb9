using System.Runtime.InteropServices;
using Candeia.Data;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Distributed.Tests;

/// <summary>The same training on several ranks, which are threads, and what came of it on each.</summary>
static class Together
{
    /// <summary>With batch normalization, which sees whole batches only if the ranks talk of it.</summary>
    internal sealed class Net(bool normalizes = true) : Layer
    {
        readonly Linear fc1 = new(3, 6, generator: new Generator(1));
        readonly BatchNorm1d norm = new(6);
        readonly Linear fc2 = new(6, 1, generator: new Generator(2));

        public override Tensor Forward(Tensor x) => (normalizes ? x.Apply(fc1).Apply(norm) : x.Apply(fc1)).Tanh().Apply(fc2);
    }

    /// <summary>What a rank has in the end.</summary>
    internal sealed record Outcome(float[] Weights, History History);

    public static TensorDataset Points(int count)
    {
        var x = Tensor.Randn([count, 3], generator: new Generator(5));
        return new(x, x.Square().Sum([1], keepDim: true));
    }

    public static Loader<Batch> Batches(int items = 131, int size = 16) => Points(items).Loader(size, shuffle: true, workers: 0, seed: 1);

    /// <summary>A learner that draws nothing; descent turns no rounding into steps.</summary>
    public static Learner<Net> Learner(Net? net = null, Func<IEnumerable<Tensor>, Optimizer>? optimizer = null) =>
        (net ?? new Net()).Setup((y, t) => y.MseLoss(t), optimizer ?? (p => new SGD(p, 0.05, momentum: 0.9)), new MeanAbsoluteError(), new Pearson(), new RSquared()) with { Callbacks = [] };

    /// <summary>For tests on a machine that does something else besides: a rank is waited for longer than usual.</summary>
    public static DataParallel Parallel(ICommunicator world, int? shards = null, bool overlap = true, bool splits = false) =>
        new(shards, world) { Patience = TimeSpan.FromMinutes(2), Overlap = overlap, SplitsOptimizer = splits };

    /// <summary>Trains on so many ranks.</summary>
    public static Outcome[] Fit(int ranks, Func<ICommunicator, Fitted<Net>> fit, bool sharesMemory = false)
    {
        var outcomes = new Outcome[ranks];
        ThreadRanks.Run(ranks, world =>
        {
            var fitted = fit(world);
            outcomes[world.Rank] = new(Weights(fitted.Model), fitted.History);
        }, sharesMemory);
        return outcomes;
    }

    public static Outcome[] Fit(int ranks, Func<ICommunicator, Callback[]> callbacks, int items = 131, int size = 16, int epochs = 2) =>
        Fit(ranks, world => Learner().With(callbacks(world)).Fit(Batches(items, size), epochs, Points(23).Loader(5, workers: 0, seed: 2)));

    public static float[] Weights(Module model) => [.. model.Parameters().Concat(model.Buffers()).SelectMany(t => t.To(DType.Float32).ToArray<float>())];

    /// <summary>All ranks have the same bits.</summary>
    public static void SameBits(IEnumerable<Outcome> outcomes)
    {
        var all = outcomes.ToArray();
        foreach (var other in all)
        {
            Assert.Equal(MemoryMarshal.AsBytes<float>(all[0].Weights), MemoryMarshal.AsBytes<float>(other.Weights));
            Assert.Equal(Numbers(all[0].History), Numbers(other.History));
        }
    }

    /// <summary>Weights, losses and metrics are those of one process, but for rounding.</summary>
    public static void Near(Outcome expected, Outcome found, double within = 2e-6)
    {
        Assert.Equal(expected.Weights.Length, found.Weights.Length);
        Assert.All(expected.Weights.Zip(found.Weights), w => Assert.InRange(Math.Abs(w.First - w.Second), 0, within * Math.Max(1, Math.Abs(w.First))));
        var (a, b) = (Numbers(expected.History), Numbers(found.History));
        Assert.Equal(a.Length, b.Length);
        Assert.All(a.Zip(b), n => Assert.InRange(Math.Abs(n.First - n.Second), 0, 5 * within * Math.Max(1, Math.Abs(n.First))));
    }

    public static double[] Numbers(History history) => [.. history.Epochs.SelectMany(e =>
        (double[])[e.Epoch, e.LearningRate, e.Train.Loss, e.Train.Samples, .. e.Train.Metrics.Values, .. e.Valid is { } v ? [v.Loss, v.Samples, .. v.Metrics.Values] : Array.Empty<double>()])];
}
