using System.Diagnostics;
using Candeia.Data;
using Candeia.Distributed;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Ranks;

/// <summary>How long the tutorial's network takes for a step of 64 pictures, whoever computes them.</summary>
static class Steps
{
    sealed class Net : Layer
    {
        readonly Conv2d conv1 = new(1, 32, kernelSize: 3), conv2 = new(32, 64, kernelSize: 3), conv3 = new(64, 128, kernelSize: 3);
        readonly Linear fc1 = new(14 * 14 * 128, 128), fc2 = new(128, 1);

        public override Tensor Forward(Tensor x) => x.Apply(conv1).Relu().AvgPool2d(2).Apply(conv2).Relu().AvgPool2d(2).Apply(conv3).Relu().AvgPool2d(2)
            .Flatten(startDim: 1).Apply(fc1).Relu().Apply(fc2);
    }

    /// <summary>Prints the least and the median time of a step, without the first five.</summary>
    public static void Measure(ICommunicator world, int count, bool overlaps)
    {
        var data = new TensorDataset(Tensor.Randn([64, 1, 130, 130], generator: new Generator(1)), Tensor.Randn([64, 1], generator: new Generator(2)));
        var clock = new Clock();
        var learner = new Net().Setup((y, t) => y.MseLoss(t), p => new Adam(p, 1e-4)) with { Callbacks = [] };
        learner.With(new DataParallel { Overlap = overlaps, Patience = TimeSpan.FromMinutes(1) }, clock).Fit(data.Loader(64, seed: 1), epochs: count + 5);
        double[] times = [.. clock.Times.Skip(5).Order()];
        if (world.Rank == 0)
            Console.WriteLine($"{world.Size} ranks of {Threads.Count} threads, {world.Carrier}, {(overlaps ? "overlapped" : "apart")}: {times[0]:F1} ms at least, {times[times.Length / 2]:F1} ms in the median");
    }

    sealed class Clock : Callback
    {
        long _begin;

        public List<double> Times { get; } = [];

        protected override int Order => 1000;

        public override void On(BatchBegin e) => _begin = Stopwatch.GetTimestamp();

        public override void On(BatchEnd e) => Times.Add(Stopwatch.GetElapsedTime(_begin).TotalMilliseconds);
    }
}
