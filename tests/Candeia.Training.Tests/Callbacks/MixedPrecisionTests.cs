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
}
