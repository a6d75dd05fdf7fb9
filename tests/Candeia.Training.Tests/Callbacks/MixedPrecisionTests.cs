using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

[Collection(nameof(Alone))]
public class MixedPrecisionTests
{
    /// <summary>Convolutions with batch normalization, and what they take.</summary>
    sealed class Pictures : Layer
    {
        readonly Sequential _layers;
        [Buffer] readonly Tensor _offset = Tensor.Full([1], 1 / 3.0).Keep();

        public Pictures(int channels)
        {
            _layers =
            [
                new Conv2d(1, channels, 3, padding: 1), new BatchNorm2d(channels), new ReLU(), new MaxPool2d(2),
                new Conv2d(channels, channels, 3, padding: 1), new ReLU(), new BatchNorm2d(channels), new AvgPool2d(2),
                new Flatten(), new Linear(channels * 16, 16), new GELU(), new Linear(16, 1),
            ];
            var g = new Generator(7);
            foreach (var (name, p) in _layers.NamedParameters())
                if (p.Rank > 1) Init.Normal(p, 0, 1.4 / Math.Sqrt(p.Numel / p.Shape[0]), g);
                else if (name.EndsWith("bias", StringComparison.Ordinal)) Init.Zeros(p);
        }

        public BatchNorm2d Norm => (BatchNorm2d)_layers[1];

        public Tensor Offset => _offset;

        public override Tensor Forward(Tensor x) => x.Apply(_layers) + _offset;

        /// <summary>Pictures with a bright disc, and how bright it is.</summary>
        public static TensorDataset Discs(int count)
        {
            var g = new Generator(2);
            Tensor brightness = Tensor.Rand([count, 1], generator: g), line = Tensor.Linspace(-1, 1, 16).Reshape(16, 1);
            var disc = (line.Square() + line.T().Square() < 0.4).To(DType.Float32);
            return new(disc * brightness.Reshape(count, 1, 1, 1) + 0.3 * Tensor.Randn([count, 1, 16, 16], generator: g), brightness);
        }

        public static Learner<Pictures> Learner(int channels, DType? compute, params Callback[] callbacks) =>
            new Pictures(channels).Setup((y, t) => y.MseLoss(t), p => new Adam(p, 0.003)) with { Callbacks = compute is { } type ? [new MixedPrecision(type), .. callbacks] : callbacks };
    }

    [Fact]
    public void A_network_learns_as_it_does_in_float32()
    {
        double[] Losses(DType? compute) =>
            [.. Pictures.Learner(8, compute).Fit(Pictures.Discs(256).Loader(32, workers: 0, seed: 3), epochs: 12, Pictures.Discs(64).Loader(32, workers: 0)).History.Epochs.SelectMany(e => new[] { e.Train.Loss, e.Valid!.Loss })];

        double[] wide = Losses(null), narrow = Losses(DType.BFloat16);
        Assert.InRange(wide[^2], 0, wide[0] / 10);
        for (int i = 0; i < wide.Length; i++) Assert.InRange(narrow[i], wide[i] / 1.25 - 0.0005, wide[i] * 1.25 + 0.0005);
    }

    [Theory]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    public void A_training_takes_less_than_six_tenths_of_the_memory(DType compute)
    {
        long Bytes(DType? compute)
        {
            var data = Pictures.Discs(2048).Loader(2048, workers: 0);
            var learner = Pictures.Learner(32, compute);
            learner.Fit(data, epochs: 1);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return MemoryPool.Most(() => learner.Fit(data, epochs: 2));
        }

        long wide = Bytes(null), narrow = Bytes(compute);
        Assert.InRange(narrow, wide / 4, wide * 6 / 10);
        Assert.Equal(narrow, Bytes(compute));
    }

    [Fact]
    public void The_bits_do_not_depend_on_the_threads()
    {
        float[] Bits(int threads)
        {
            int before = Threads.Count;
            Threads.Count = threads;
            try { return Pictures.Learner(8, DType.BFloat16).Fit(Pictures.Discs(64).Loader(32, workers: 0, seed: 1), epochs: 2).Model.Bits(); }
            finally { Threads.Count = before; }
        }

        Assert.Equal(Bits(1), Bits(2));
    }

    [Fact]
    public void Losses_targets_and_running_moments_stay_wide()
    {
        HashSet<(DType, DType)> losses = [];
        var model = new Pictures(4);
        var mean = model.Norm.RunningMean!;
        var learner = model.Setup((y, t) =>
        {
            losses.Add((y.DType, t.DType));
            Assert.Contains(0.1f, t.ToArray<float>());                       // a number that bfloat16 has not
            Assert.Equal((DType.Float32, DType.BFloat16), (mean.DType, model.Norm.Weight!.DType));
            return y.MseLoss(t);
        }, p => new SGD(p, 0.01)) with { Callbacks = [new MixedPrecision(DType.BFloat16)] };
        learner.Fit(new TensorDataset(Pictures.Discs(4).X, Tensor.Full([4, 1], 0.1)).Loader(4, workers: 0), epochs: 1);
        Assert.Equal([(DType.Float32, DType.Float32)], losses);
        Assert.Equal([1 / 3f], model.Offset.ToArray<float>());               // lowered for the step, and taken up again as it was
        Assert.All(mean.ToArray<float>(), m => Assert.NotEqual(m, (float)(BFloat16)m));
    }

    /// <summary>A step of the user's own that writes to parameters and buffers of the model.</summary>
    [Fact]
    public void What_a_step_writes_stays()
    {
        var model = new Pictures(4);
        var learner = model.Setup((m, context) =>
        {
            m.Offset.CopyFrom(0.5);
            var output = m.Forward(context.Batch.X);
            var loss = context.Update(() => m.Forward(context.Batch.X).Square().Mean());
            return new(output, loss);
        }, m => [new SGD(m.Parameters(), 0.01)]) with { Callbacks = [new MixedPrecision(DType.BFloat16)] };
        learner.Fit(Pictures.Discs(4).Loader(4, workers: 0), epochs: 1);
        Assert.Equal((DType.Float32, 0.5f), (model.Offset.DType, model.Offset.ToArray<float>()[0]));
    }

    static TensorDataset Doubles()
    {
        var data = Tiny.Points(40);
        return new(data.X.To(DType.Float64), data.Y.To(DType.Float64));
    }

    static Learner<Line> Learner(params Callback[] callbacks) => new Line(1).To(DType.Float64).Setup(Tiny.Loss, p => new SGD(p, 1e-9), new MeanAbsoluteError()) with { Callbacks = callbacks };

    [Fact]
    public void It_computes_in_one_type_and_updates_in_another()
    {
        HashSet<DType> computed = [];
        var learner = Learner(new MixedPrecision(), new Watcher { BatchEnd = e => computed.Add(e.Output.DType) });
        double[] before = learner.Model.Parameters()[0].ToArray<double>();
        learner.Fit(Doubles().Loader(10), epochs: 1, valid: Doubles().Loader(10));
        Assert.Equal([DType.Float32], computed);
        Assert.All(learner.Model.Parameters(), p => Assert.Equal(DType.Float64, p.DType));

        // steps of 1e-9 would be lost in float32: they are there, and are those of float64 but for the rounding of the gradient
        double[] after = learner.Model.Parameters()[0].ToArray<double>();
        double[] exact = Learner().Fit(Doubles().Loader(10), epochs: 1).Model.Parameters()[0].ToArray<double>();
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(exact[i] - before[i], after[i] - before[i], 1e-13));
        Assert.All(before.Zip(after), p => Assert.NotEqual(p.First, p.Second));
    }

    [Fact]
    public void A_model_learns_in_half_precision_with_masters_of_float32()
    {
        HashSet<DType> computed = [];
        var fitted = Tiny.Learner().With(new MixedPrecision(DType.BFloat16), new Watcher { BatchEnd = e => computed.Add(e.Output.DType) }).Fit(Tiny.Batches(40), epochs: 3);
        Assert.Equal([DType.BFloat16], computed);
        Assert.All(fitted.Model.Parameters(), p => Assert.Equal(DType.Float32, p.DType));
        Assert.True(fitted.History.Epochs[^1].Train.Loss < fitted.History.Epochs[0].Train.Loss);
    }

    [Fact]
    public void Gradients_that_accumulate_are_added_in_the_wider_type()
    {
        double[] Fit(params Callback[] callbacks) => Learner(callbacks).Fit(Doubles().Loader(5, workers: 0), epochs: 1).Model.Parameters()[0].ToArray<double>();
        Assert.All(Fit(new AccumulateGradients(4)).Zip(Fit(new AccumulateGradients(4), new MixedPrecision())), p => Assert.Equal(p.First, p.Second, 1e-13));
    }

    [Fact]
    public void A_model_in_the_type_of_the_computation_is_left_alone() =>
        Assert.Equal(Tiny.Learner().Fit(Tiny.Batches(40), epochs: 2).Model.Bits(), Tiny.Learner().With(new MixedPrecision()).Fit(Tiny.Batches(40), epochs: 2).Model.Bits());

    /// <summary>Gradients of about 1e-8, which float16 has no numbers for.</summary>
    static Learner<Line> Faint(params Callback[] callbacks) => new Line(1).Setup((y, target) => Tiny.Loss(y, target) * 1e-8, p => new SGD(p, 5e6)) with { Callbacks = callbacks };

    [Fact]
    public void Losses_in_float16_are_scaled_so_that_small_gradients_stay()
    {
        float[] fresh = new Line(1).Bits(), full = Faint().Fit(Tiny.Batches(40), epochs: 3).Model.Bits();
        var scaled = Faint(new MixedPrecision(DType.Float16)).Fit(Tiny.Batches(40), epochs: 3);
        Assert.All(full.Zip(scaled.Model.Bits()), p => Assert.Equal(p.First, p.Second, 0.02));
        Assert.All(full.Zip(fresh), p => Assert.True(Math.Abs(p.First - p.Second) > 0.05, $"{p}"));
        Assert.All(scaled.Model.Parameters(), p => Assert.Equal(DType.Float32, p.DType));
        Assert.Equal(fresh, Faint(new MixedPrecision(DType.Float16, scale: 1)).Fit(Tiny.Batches(40), epochs: 3).Model.Bits());
    }

    [Fact]
    public void An_update_whose_gradients_are_too_large_is_left_out_and_the_scale_becomes_smaller()
    {
        var mixed = new MixedPrecision(DType.Float16, growAfter: 3);
        List<(double Scale, bool IsUpdated)> steps = [];
        var learner = new Line(1).Setup((y, target) => Tiny.Loss(y, target) * 10, p => new SGD(p, 1e-4)) with { Callbacks = [mixed] };
        float[] before = learner.Model.Bits();
        var watch = new Watcher
        {
            BatchEnd = e =>
            {
                float[] now = e.Run.Model.Bits();
                Assert.All(now, v => Assert.True(float.IsFinite(v)));
                steps.Add((mixed.Scale, !now.SequenceEqual(before)));
                before = now;
            },
        };
        var fitted = learner.With(watch).Fit(Tiny.Batches(200), epochs: 1);
        Assert.False(steps[0].IsUpdated);
        Assert.Equal(16_384, steps[0].Scale);
        Assert.All(steps.Zip(steps.Skip(1)), p => Assert.Equal(p.Second.IsUpdated ? (p.First.Scale, true) : (p.First.Scale / 2, false), (p.Second.IsUpdated && p.Second.Scale > p.First.Scale ? p.Second.Scale / 2 : p.Second.Scale, p.Second.IsUpdated)));
        Assert.Contains(steps.Zip(steps.Skip(1)), p => p.Second.Scale == 2 * p.First.Scale);   // after three that were good
        Assert.True(steps.Count(s => s.IsUpdated) > 10, $"{steps.Count(s => s.IsUpdated)}");
        Assert.InRange(fitted.History.Epochs[0].Train.Loss, 1, 200);                            // what is reported is not scaled
        Assert.Equal(1, new MixedPrecision(DType.BFloat16).Scale);
    }

    [Fact]
    public void Scales_that_float16_has_no_room_for_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MixedPrecision(DType.Float16, scale: 65_536));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MixedPrecision(DType.Float16, scale: 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MixedPrecision(DType.Float16, growAfter: 0));
    }
}
