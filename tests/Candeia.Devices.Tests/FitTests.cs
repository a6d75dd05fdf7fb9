using Candeia.Data;
using Candeia.NN;
using Candeia.Tests;
using Candeia.Training;

namespace Candeia.Devices.Tests;

/// <summary>A training by the loop, watched and measured by what a user writes: no step waits for the device.</summary>
public class FitTests
{
    /// <summary>A metric with a state of one's own: the share of outputs within a distance of the target, in the worst batch.</summary>
    sealed record Within(double Distance) : Metric
    {
        public override string Name => "within";

        public override IMetricState Begin() => new State(Distance);

        sealed class State(double distance) : IMetricState
        {
            readonly Readings _shares = new(width: 1);

            public double Value => Enumerable.Range(0, _shares.Count).Min(i => _shares[i][0]);

            public void Add(Tensor output, Tensor target) => _shares.Add(output.Numel, ((output - target).Abs() <= distance).To(DType.Float32).Mean());

            public void Merge(IMetricState other) => _shares.Append(((State)other)._shares);
        }
    }

    /// <summary>A mean of one's own.</summary>
    sealed record Excess : MeanMetric
    {
        public override string Name => "excess";

        protected override (Tensor Sum, long Count) Measure(Tensor output, Tensor target) => ((output - target).Sum(), output.Numel);
    }

    /// <summary>Counts what a step uploads and reads, and what lies between the begins of two steps.</summary>
    sealed class Counter(ForeignDevice device) : Callback
    {
        public List<(long Uploads, long Reads)> Within { get; } = [];

        public List<(long Uploads, long Reads)> Between { get; } = [];

        public override void On(BatchBegin e)
        {
            Between.Add((device.Uploads, device.Reads));
            device.Reset();
        }

        public override StepResult Around(StepContext context, Step step)
        {
            var (uploads, reads) = (device.Uploads, device.Reads);
            var result = step(context);
            Within.Add((device.Uploads - uploads, device.Reads - reads));
            return result;
        }
    }

    sealed class Net : Layer
    {
        readonly Sequential layers = new(
            new Conv2d(1, 4, 3, generator: new Generator(1)), new BatchNorm2d(4), new ReLU(), new MaxPool2d(2), new Flatten(), new Dropout(0.1),
            new Linear(36, 1, generator: new Generator(2)));

        public override Tensor Forward(Tensor x) => x.Apply(layers);
    }

    [Fact]
    public void With_NanWatch_and_own_metrics_a_step_uploads_nothing_and_reads_nothing_and_between_two_is_one_read()
    {
        ForeignDevice device = new();
        Batch[] Batches(Device where) => [.. Enumerable.Range(0, 6).Select(i => new Batch(
            Tensor.Randn([4, 1, 8, 8], generator: new Generator((ulong)i)).To(where), Tensor.Randn([4, 1], generator: new Generator((ulong)i + 9)).To(where)))];
        History Fit(Device where, Counter counter)
        {
            using var numbers = Generator.Use(new(7));
            var learner = new Net().Setup((y, t) => y.MseLoss(t), p => new Adam(p, 1e-3), new Within(0.5), new Excess(), new MeanAbsoluteError()) with
            {
                Callbacks = [counter, new NanWatch(), new ClipGradNorm(1), new EmaWeights(0.9)],
            };
            return learner.On(where).Fit(Batches(where), epochs: 2).History;
        }
        Counter there = new(device), none = new(device);
        var (late, now) = (Fit(device, there), Fit(Device.Cpu, none));
        Assert.Equal(12, there.Within.Count);
        Assert.All(there.Within, c => Assert.Equal((0, 0), c));
        Assert.All(there.Between.Where((_, i) => i % 6 > 1), c => Assert.Equal((0, 1), c));   // what NanWatch asks of the step before
        Assert.Equal(0, device.Fallbacks);
        foreach (var (a, b) in now.Epochs.Zip(late.Epochs))
            foreach (string name in a.Train.Metrics.Keys) Assert.Equal(a.Train[name], b.Train[name], 1e-4);
    }
}
