using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

[Collection(nameof(Alone))]
public class SeedTests
{
    sealed class Net : Layer
    {
        public Linear First { get; } = new(3, 16);

        readonly Dropout dropout = new(0.3);
        readonly Linear last = new(16, 1);

        public override Tensor Forward(Tensor x) => x.Apply(First).Relu().Apply(dropout).Apply(last);
    }

    /// <summary>Everything random in one run: weights, split, order, augmentation, dropout.</summary>
    sealed record Draws(float[] Weights, string Held, string Order, float Augmented, float[] Dropped, double[] Losses, float[] Fitted);

    static Draws Run(ulong seed, int workers)
    {
        Generator.Seed(seed);
        var net = new Net();
        float[] weights = net.Bits();
        var data = Tiny.Points(60).Map((item, random) => item with { X = item.X + 0.1 * (float)random.NextNormal() });
        var (train, valid) = data.Split(0.75, seed: Generator.Default.NextUInt64());
        List<string> order = [], held = [];
        float[] augmented = [], dropped = [];
        var watch = new Watcher
        {
            BatchEnd = e =>
            {
                (e.Phase == Phase.Train ? order : held).AddRange(e.Data.Ids);
                if (augmented.Length == 0) (augmented, dropped) = (e.Data.X.ToArray<float>(), e.Output.ToArray<float>());
            },
        };
        var fitted = (net.Setup(Tiny.Loss, p => new Adam(p, 0.01)) with { Callbacks = [watch] }).Fit(train.Loader(10, shuffle: true, workers: workers), epochs: 3, valid: valid.Loader(10));
        return new(weights, string.Join(',', held), string.Join(',', order), augmented[0], dropped, [.. fitted.History.Epochs.Select(e => e.Valid!.Loss)], net.Bits());
    }

    [Fact]
    public void One_seed_governs_everything_that_is_random()
    {
        var (one, again, other) = (Run(1, workers: 0), Run(1, workers: 2), Run(2, workers: 0));
        Assert.Equivalent(one, again, strict: true);
        Assert.NotEqual(one.Weights, other.Weights);
        Assert.NotEqual(one.Held, other.Held);
        Assert.NotEqual(one.Order, other.Order);
        Assert.NotEqual(one.Augmented, other.Augmented);
        Assert.NotEqual(one.Dropped, other.Dropped);
        Assert.NotEqual(one.Fitted, other.Fitted);
    }

    [Fact]
    public void It_governs_the_part_that_Fit_holds_out()
    {
        string[] Held(ulong seed)
        {
            Generator.Seed(seed);
            HashSet<string> held = [];
            Tiny.Learner().With(new Watcher { BatchEnd = e => { if (e.Phase == Phase.Valid) held.UnionWith(e.Data.Ids); } }).Fit(Tiny.Points(50), epochs: 1, valid: 0.2);
            return [.. held.Order()];
        }
        Assert.Equal(Held(5), Held(5));
        Assert.NotEqual(Held(5), Held(6));
    }

    [Fact]
    public void Dropout_is_seeded_by_it_alone_when_the_weights_are_the_same()
    {
        float[] First(ulong seed)
        {
            Generator.Seed(7);
            var net = new Net();
            Generator.Seed(seed);
            return net.Forward(Tensor.Ones([4, 3])).ToArray<float>();
        }
        Assert.Equal(First(1), First(1));
        Assert.NotEqual(First(1), First(2));
    }
}
