using System.Diagnostics;
using Candeia.Data;
using Candeia.Distributed;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Ranks;

/// <summary>How long the tutorial's network takes for a step of some pictures, whoever computes them.</summary>
static class Steps
{
    const int Warm = 3, Rounds = 4;

    sealed class Net : Layer
    {
        readonly Conv2d conv1 = new(1, 32, kernelSize: 3), conv2 = new(32, 64, kernelSize: 3), conv3 = new(64, 128, kernelSize: 3);
        readonly Linear fc1 = new(14 * 14 * 128, 128), fc2 = new(128, 1);

        public override Tensor Forward(Tensor x) => x.Apply(conv1).Relu().AvgPool2d(2).Apply(conv2).Relu().AvgPool2d(2).Apply(conv3).Relu().AvgPool2d(2)
            .Flatten(startDim: 1).Apply(fc1).Relu().Apply(fc2);
    }

    /// <summary>
    /// Prints the least and the median time of a step: of a rank's part without a word to the others, with the sums of gradients after the backward pass, and with the sums
    /// beside it, where messages are sent also as bfloat16; in turns. Of what the sums take, the last lines say how much of it a step is longer for.
    /// </summary>
    public static void Measure(ICommunicator world, int count, int pictures)
    {
        var times = new Dictionary<string, List<double>> { ["alone"] = [], ["apart"] = [], ["overlapped"] = [] };
        if (world.Size > 1 && world is not ISharesMemory { SharesMemory: true }) times["as bfloat16"] = [];
        for (int round = 0; round < Rounds; round++)
            foreach (var (how, all) in times)
            {
                world.Barrier();
                var clock = new Clock();
                var learner = new Net().Setup((y, t) => y.MseLoss(t), p => new Adam(p, 1e-4)) with { Callbacks = [] };
                if (how != "alone") learner = learner.With(new DataParallel(ranks: world) { Overlap = how != "apart", SendsBFloat16 = how == "as bfloat16", Patience = TimeSpan.FromMinutes(1) });
                int size = how == "alone" ? pictures / world.Size : pictures;
                var data = new TensorDataset(Tensor.Randn([size, 1, 130, 130], generator: new Generator(1)), Tensor.Randn([size, 1], generator: new Generator(2)));
                learner.With(clock).Fit(data.Loader(size, seed: 1), epochs: count + Warm);
                all.AddRange(clock.Times.Skip(Warm));
            }
        if (world.Rank > 0) return;
        Console.WriteLine($"{world.Size} ranks of {Threads.Count} threads, {world.Carrier}, {pictures} pictures a step:");
        foreach (var (how, all) in times) Console.WriteLine($"  {how}: {all.Min():F1} ms at least, {Median(all):F1} ms in the median");
        if (world.Size == 1) return;
        double alone = Median(times["alone"]), sums = Median(times["apart"]) - alone;
        foreach (string how in times.Keys.Skip(2))
            Console.WriteLine($"  {how}: of {sums:F1} ms that the sums take, {Median(times[how]) - alone:F1} ms are exposed beside the backward pass: {100 * (Median(times[how]) - alone) / sums:F0} %");
    }

    static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    sealed class Clock : Callback
    {
        long _begin;

        public List<double> Times { get; } = [];

        protected override int Order => 1000;

        public override void On(BatchBegin e) => _begin = Stopwatch.GetTimestamp();

        public override void On(BatchEnd e) => Times.Add(Stopwatch.GetElapsedTime(_begin).TotalMilliseconds);
    }
}
