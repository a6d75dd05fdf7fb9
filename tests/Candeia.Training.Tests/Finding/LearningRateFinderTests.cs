using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

[Collection(nameof(Alone))]
public class LearningRateFinderTests
{
    sealed class Net : Layer
    {
        readonly Linear fc1 = new(3, 8, generator: new Generator(1));
        readonly BatchNorm1d norm = new(8);
        readonly Dropout dropout = new(0.1);
        readonly Linear fc2 = new(8, 1, generator: new Generator(2));

        public override Tensor Forward(Tensor x) => x.Apply(fc1).Apply(norm).Relu().Apply(dropout).Apply(fc2);
    }

    [Fact]
    public void Rates_rise_exponentially_until_the_loss_runs_away()
    {
        var curve = Tiny.Learner().FindLearningRate(Tiny.Batches(200), from: 1e-4, to: 100, steps: 61);
        Assert.True(curve.Diverged);
        Assert.InRange(curve.Points.Count, 20, 60);
        Assert.All(curve.Points.Index(), p => Assert.Equal(1e-4 * Math.Pow(10, p.Index / 10.0), p.Item.LearningRate, 1e-6 * p.Item.LearningRate));
    }

    [Fact]
    public void What_is_suggested_learns_well()
    {
        var learner = Tiny.Learner();
        var curve = learner.FindLearningRate(Tiny.Points(200), from: 1e-4, to: 100);
        Assert.InRange(curve.Suggested, 1e-2, 1);
        Assert.True(curve.Lowest.LearningRate >= curve.Suggested);
        Assert.Contains($"suggested {curve.Suggested.ToString("G2", System.Globalization.CultureInfo.InvariantCulture)}", curve.ToString(), StringComparison.Ordinal);
        var fitted = Tiny.Learner(learningRate: curve.Suggested).Fit(Tiny.Batches(200), epochs: 3);
        Assert.InRange(fitted.History.Epochs[^1].Train.Loss, 0, 0.05 * curve.Points[0].Loss);
    }

    [Fact]
    public void Everything_is_as_it_was()
    {
        Generator.Seed(3);
        var net = new Net();
        net.Eval();
        var loader = Tiny.Points(100).Loader(10, shuffle: true, workers: 0);
        var (bits, random, epoch) = (net.Bits(), Generator.Default.State, loader.Epoch);
        var learner = net.Setup(Tiny.Loss, p => new Adam(p), new MeanAbsoluteError());
        learner.FindLearningRate(loader, steps: 35);
        learner.FindLearningRate(Tiny.Points(100), steps: 12);
        Assert.Equal(bits, net.Bits());
        Assert.Equal((random, epoch, false), (Generator.Default.State, loader.Epoch, net.IsTraining));
        Assert.All(net.Parameters(), p => Assert.Null(p.Grad));
    }

    [Fact]
    public void It_does_not_touch_the_optimizer_of_a_fitted_model()
    {
        Generator.Seed(3);
        float[] Fit(bool look)
        {
            Line line = new(1);
            var fitted = (line.Setup(Tiny.Loss, p => new Adam(p, 0.01)) with { Callbacks = [] }).Fit(Tiny.Batches(50), epochs: 2);
            if (look) fitted.Learner.FindLearningRate(Tiny.Batches(50), steps: 10);
            return fitted.Fit(Tiny.Batches(50), epochs: 2).Model.Bits();
        }
        Assert.Equal(Fit(look: false), Fit(look: true));
    }

    [Fact]
    public void It_does_so_also_when_something_fails()
    {
        var (net, count) = (new Net(), 0);
        float[] bits = net.Bits();
        var learner = net.Setup(Tiny.Loss, p => new Adam(p)).Around((context, step) => ++count == 5 ? throw new InvalidDataException("torn") : step(context));
        Assert.Throws<InvalidDataException>(() => learner.FindLearningRate(Tiny.Batches(100)));
        Assert.Equal(bits, net.Bits());
    }

    [Fact]
    public void A_loss_that_never_falls_suggests_nothing()
    {
        var curve = Tiny.Learner().FindLearningRate(Tiny.Batches(10), from: 1e-20, to: 1e-18, steps: 20);
        Assert.Contains("did not fall", Assert.Throws<InvalidOperationException>(() => curve.Suggested).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_groups_keep_their_proportions()
    {
        List<(double, double)> rates = [];
        var line = new Line(1);
        var learner = line.Setup(Tiny.Loss, p => new SGD(p.Take(1), 0.1).AddGroup(p.Skip(1), learningRate: 0.01))
            .Around((context, step) => { rates.Add((context.Optimizer.Groups[0].LearningRate, context.Optimizer.Groups[1].LearningRate)); return step(context); });
        learner.FindLearningRate(Tiny.Batches(100), from: 1e-6, to: 1e-3, steps: 10);
        Assert.All(rates, r => Assert.Equal(r.Item1 / 10, r.Item2, 1e-12));
        Assert.Equal((1e-6, 1e-3), (rates[0].Item1, rates[^1].Item1));
    }

    [Fact]
    public void Losses_that_are_no_numbers_from_the_first_batch_on_are_told_in_words()
    {
        var curve = new LearningRateCurve([new(1e-3, double.NaN, double.NaN)], Diverged: true);
        Assert.Contains("none at which the loss falls", curve.ToString(), StringComparison.Ordinal);
        Assert.Contains("not a finite number", Assert.Throws<InvalidOperationException>(() => curve.Suggested).Message, StringComparison.Ordinal);
        Assert.Contains("not a finite number", Assert.Throws<InvalidOperationException>(() => curve.Lowest).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rates_rise_by_the_same_amount_if_that_is_said()
    {
        var curve = Tiny.Learner().FindLearningRate(Tiny.Batches(200), from: 0.001, to: 0.021, steps: 21, linear: true);
        Assert.Equal(21, curve.Points.Count);
        Assert.All(curve.Points.Index(), p => Assert.Equal(0.001 * (p.Index + 1), p.Item.LearningRate, 1e-9));
        Assert.Equal(curve.Points.Select(p => p.LearningRate), Tiny.Learner().FindLearningRate(Tiny.Points(200), from: 0.001, to: 0.021, steps: 21, linear: true).Points.Select(p => p.LearningRate));
    }
}
