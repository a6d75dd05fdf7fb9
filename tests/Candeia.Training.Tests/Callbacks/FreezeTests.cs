using Candeia.NN;

namespace Candeia.Training.Tests;

public class FreezeTests
{
    sealed class Two : Layer
    {
        public Linear Backbone { get; } = new(3, 4, generator: new Generator(1));

        public Linear Head { get; } = new(4, 1, generator: new Generator(2));

        public override Tensor Forward(Tensor x) => x.Apply(Backbone).Tanh().Apply(Head);
    }

    [Fact]
    public void The_part_stays_as_it_is_for_some_epochs_and_then_learns_at_its_own_rate()
    {
        var net = new Two();
        List<(float[] Backbone, float[] Head)> weights = [(net.Backbone.Bits(), net.Head.Bits())];
        double[] rates = [];
        var learner = (net.Setup(Tiny.Loss, p => new SGD(p, 0.1)) with { Callbacks = [] })
            .With(new Freeze(net.Backbone, epochs: 2, learningRate: 0.001), new Watcher
            {
                EpochEnd = e =>
                {
                    weights.Add((net.Backbone.Bits(), net.Head.Bits()));
                    rates = [.. e.Run.Optimizer!.Groups.Select(g => g.LearningRate)];
                },
            });
        learner.Fit(Tiny.Batches(20), epochs: 3);
        Assert.Equal(weights[0].Backbone, weights[2].Backbone);
        Assert.NotEqual(weights[2].Backbone, weights[3].Backbone);
        Assert.NotEqual(weights[0].Head, weights[1].Head);
        Assert.Equal([0.1, 0.001], rates);
        Assert.All(net.Parameters(), p => Assert.True(p.RequiresGrad));
    }

    [Fact]
    public void All_but_the_part_stays_as_it_is_and_what_was_frozen_before_remains_so()
    {
        var net = new Two();
        net.Backbone.Bias!.RequiresGrad = false;
        float[] backbone = net.Backbone.Weight.ToArray<float>(), bias = net.Backbone.Bias.ToArray<float>(), head = net.Head.Bits();
        var learner = (net.Setup(Tiny.Loss, p => new SGD(p, 0.1)) with { Callbacks = [] }).With(Freeze.AllBut(net.Head, epochs: 1));
        var fitted = learner.Fit(Tiny.Batches(20), epochs: 1);
        Assert.Equal(backbone, net.Backbone.Weight.ToArray<float>());
        Assert.NotEqual(head, net.Head.Bits());
        fitted.Fit(Tiny.Batches(20), epochs: 1);
        Assert.NotEqual(backbone, net.Backbone.Weight.ToArray<float>());
        Assert.Equal(bias, net.Backbone.Bias.ToArray<float>());
        Assert.False(net.Backbone.Bias.RequiresGrad);
    }

    [Fact]
    public void A_fit_that_goes_on_goes_on_with_what_was_frozen()
    {
        var net = new Two();
        float[] before = net.Backbone.Bits();
        var learner = (net.Setup(Tiny.Loss, p => new SGD(p, 0.1)) with { Callbacks = [] }).With(new Freeze(net.Backbone, epochs: 2, learningRate: 0.01));
        var fitted = learner.Fit(Tiny.Batches(20), epochs: 1).Fit(Tiny.Batches(20), epochs: 1);
        Assert.Equal(before, net.Backbone.Bits());
        fitted.Fit(Tiny.Batches(20), epochs: 1);
        Assert.NotEqual(before, net.Backbone.Bits());
    }

    [Fact]
    public void A_schedule_scales_both_rates()
    {
        var net = new Two();
        double[] rates = [];
        var learner = (net.Setup(Tiny.Loss, p => new SGD(p, 0.1)) with { Callbacks = [] }).With(new Freeze(net.Backbone, epochs: 1, learningRate: 0.01),
            new LearningRateSchedule(new ExponentialSchedule(0.5), Per.Epoch), new Watcher { EpochEnd = e => rates = [.. e.Run.Optimizer!.Groups.Select(g => g.LearningRate)] });
        learner.Fit(Tiny.Batches(20), epochs: 2);
        Assert.Equal([0.05, 0.005], rates);
    }

    [Fact]
    public void What_is_no_part_of_the_model_is_refused()
    {
        var e = Assert.Throws<CallbackException>(() => Tiny.Learner().With(new Freeze(new Linear(2, 2), epochs: 1, learningRate: 0.1)).Fit(Tiny.Batches(20), epochs: 1));
        Assert.Contains("No optimizer trains the Linear", e.Message, StringComparison.Ordinal);
    }
}
