using Candeia.NN;

namespace Candeia.Training.Tests;

public class ClippingTests
{
    /// <summary>How the parameters have changed in one step with learning rate 1: by the gradients as the optimizer saw them.</summary>
    static (float[] Changes, PhaseResult Result) Step(params Callback[] callbacks)
    {
        var learner = Tiny.Learner(learningRate: 1);
        float[] before = learner.Model.Bits();
        var fitted = learner.With(callbacks).Fit(Tiny.Batches(10), epochs: 1);
        return ([.. before.Zip(learner.Model.Bits(), (b, a) => b - a)], fitted.History.Epochs[0].Train);
    }

    static double Norm(float[] x) => Math.Sqrt(x.Sum(v => (double)v * v));

    [Fact]
    public void By_norm_the_direction_stays_and_the_norm_before_is_recorded()
    {
        var (free, _) = Step();
        var (clipped, result) = Step(new ClipGradNorm(0.5));
        Assert.True(Norm(free) > 1);
        Assert.Equal(0.5, Norm(clipped), 1e-4);
        Assert.All(free.Zip(clipped), p => Assert.Equal(p.First * 0.5 / Norm(free), p.Second, 1e-4));
        Assert.Equal(Norm(free), result["grad_norm"], 1e-4);
    }

    [Fact]
    public void Small_gradients_are_left_alone() => Assert.Equal(Step().Changes, Step(new ClipGradNorm(1e6), new ClipGradValue(1e6)).Changes);

    [Fact]
    public void By_value_each_number_is_limited()
    {
        var (free, _) = Step();
        Assert.All(free.Zip(Step(new ClipGradValue(0.25)).Changes), p => Assert.Equal(Math.Clamp(p.First, -0.25f, 0.25f), p.Second, 1e-5));
    }

    [Fact]
    public void Gradients_of_LBFGS_are_limited_too()
    {
        double largest = 0;
        var learner = new Line(1).Setup(Tiny.Loss, p => new LBFGS(p)) with { Callbacks = [] };
        learner.With(new ClipGradNorm(0.1), new Gradients(n => largest = Math.Max(largest, n))).Fit(Tiny.Batches(10), epochs: 1);
        Assert.InRange(largest, 0.05, 0.1001);
    }

    sealed class Gradients(Action<double> norm) : Callback
    {
        public override void On(GradientsReady e) => norm((double)e.Run.Model.Parameters().ClipGradNorm(1e9));
    }

    [Fact]
    public void Each_gradient_can_have_a_limit_of_its_own()
    {
        var (free, _) = Step();
        var (clipped, result) = Step(new ClipGradNorm(0.5, each: true));
        foreach (Range part in new[] { 0..3, 3..4 })                                      // three weights, and a bias
        {
            double norm = Norm(free[part]);
            Assert.True(norm > 0.5, $"{norm}");
            Assert.All(free[part].Zip(clipped[part]), p => Assert.Equal(p.First * 0.5 / norm, p.Second, 1e-4));
        }
        Assert.Equal(Norm(free), result["grad_norm"], 1e-4);
    }
}
