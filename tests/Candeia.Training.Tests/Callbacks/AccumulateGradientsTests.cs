using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

public class AccumulateGradientsTests
{
    static float[] Fit(int size, int samples, int epochs, Func<IEnumerable<Tensor>, Optimizer> optimizer, params Callback[] callbacks) =>
        (new Line(1).Setup(Tiny.Loss, optimizer) with { Callbacks = callbacks }).Fit(Tiny.Batches(samples, size), epochs).Model.Bits();

    [Theory]
    [InlineData(10, 4)]                     // 3 whole groups
    [InlineData(10, 7)]                     // 12 batches: the second group is left incomplete at the end of each epoch
    [InlineData(7, 3)]                      // and a last batch of another size
    public void Several_small_batches_make_the_update_of_a_big_one(int size, int batches)
    {
        float[] small = Fit(size, 120, 3, p => new Adam(p, 0.05), new AccumulateGradients(batches)), big = Fit(size * batches, 120, 3, p => new Adam(p, 0.05));
        Assert.All(big.Zip(small), p => Assert.Equal(p.First, p.Second, 1e-5));
    }

    [Fact]
    public void Limits_are_for_the_whole_gradient()
    {
        float[] small = Fit(10, 80, 2, p => new SGD(p, 0.1), new AccumulateGradients(4), new ClipGradNorm(0.3)), big = Fit(40, 80, 2, p => new SGD(p, 0.1), new ClipGradNorm(0.3));
        Assert.All(big.Zip(small), p => Assert.Equal(p.First, p.Second, 1e-5));
    }

    [Fact]
    public void Losses_are_those_of_the_batches()
    {
        List<double> losses = [];
        Tiny.Learner(learningRate: 0).With(new AccumulateGradients(2), new Watcher { BatchEnd = e => losses.Add(e.Loss) }).Fit(Tiny.Batches(40), epochs: 1);
        List<double> plain = [];
        Tiny.Learner(learningRate: 0).With(new Watcher { BatchEnd = e => plain.Add(e.Loss) }).Fit(Tiny.Batches(40), epochs: 1);
        Assert.Equal(plain, losses);
    }

    [Fact]
    public void A_run_that_is_resumed_between_two_updates_comes_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        float[] Run(string file, int stopAt)
        {
            int count = 0;
            var learner = Tiny.Learner().With(new AccumulateGradients(4), new AutoResume(folder[file]), new Watcher
            {
                BatchBegin = e => { if (++count == stopAt) e.Run.Stop("enough", urgent: true); },
            });
            return learner.Fit(Tiny.Batches(100), epochs: 2).Model.Bits();
        }
        Run("a", stopAt: 6);
        Assert.Equal(Run("b", stopAt: 0), Run("a", stopAt: 0));
    }

    /// <summary>Two players on one number each; the second one's loss has a gradient for the first one's number too.</summary>
    sealed class Two : Layer
    {
        public Tensor First { get; } = Parameter.Of(Tensor.Ones([1]));

        public Tensor Second { get; } = Parameter.Of(Tensor.Ones([1]));

        public override Tensor Forward(Tensor x) => x * First;

        public static StepResult Step(Two two, StepContext context)
        {
            var x = context.Batch.X;
            var first = context.Update(() => (x * two.First - 3).Square().Mean());
            context.Update(() => (x * two.Second - 5).Square().Mean() + 100 * (two.First * two.Second.Detach()).Sum(), optimizer: 1);
            return new(x, first);
        }
    }

    [Fact]
    public void An_optimizer_is_not_led_by_the_losses_of_another()
    {
        var x = Tensor.Randn([32, 1], generator: new Generator(3));
        float[] Fit(int size, params Callback[] callbacks) => (new Two().Setup(Two.Step, two => [new SGD([two.First], 0.01), new SGD([two.Second], 0.001)]) with { Callbacks = callbacks })
            .Fit(new TensorDataset(x, x).Loader(size, workers: 0), epochs: 1).Model.Bits();
        Assert.All(Fit(32).Zip(Fit(8, new AccumulateGradients(4))), p => Assert.Equal(p.First, p.Second, 1e-5));
    }
}
