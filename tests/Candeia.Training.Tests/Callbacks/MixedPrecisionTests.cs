using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

public class MixedPrecisionTests
{
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
