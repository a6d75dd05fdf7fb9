using Candeia.Data;
using Candeia.Datasets;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Experiments.Tests;

/// <summary>Luz' vignette mnist-triplet: pictures become vectors, near each other where they show the same digit.</summary>
public sealed class TripletTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    sealed class Eye : Module
    {
        readonly Linear fc1 = new(784, 64, generator: new Generator(1)), fc2 = new(64, 16, generator: new Generator(2));

        public Tensor Forward(Tensor x) => x.Flatten(startDim: 1).Apply(fc1).Relu().Apply(fc2);
    }

    // An anchor, another picture of its digit, and one of another digit: new ones each epoch.
    static Dataset<(Tensor, Tensor, Tensor)> Triplets(DrawnDigits digits)
    {
        var byDigit = digits.Index().ToLookup(d => (int)d.Item.Y.Item(), d => d.Index);
        int Any(int digit, Generator generator) => byDigit[digit].ElementAt(generator.NextInt(byDigit[digit].Count()));
        return digits.Map((anchor, generator) =>
        {
            int digit = (int)anchor.Y.Item();
            return (anchor.X, digits[Any(digit, generator)].X, digits[Any((digit + 1 + generator.NextInt(9)) % 10, generator)].X);
        });
    }

    [Fact]
    public void Digits_that_are_alike_come_near_each_other()
    {
        Generator.Seed(1);
        var learn = Triplets(new DrawnDigits(_folder.Path, count: 400));
        var test = Triplets(new DrawnDigits(_folder.Path, MnistSplit.Test, count: 200)).Loader(200, seed: 3).Peek().Value;
        var eye = new Eye();
        double before = Ordered(eye, test);
        eye.Setup(
                forward: (Eye net, (Tensor A, Tensor Same, Tensor Other) t) => (net.Forward(t.A), net.Forward(t.Same), net.Forward(t.Other)),
                loss: (y, _) => y.Item1.TripletMarginLoss(y.Item2, y.Item3), optimizer: p => new Adam(p, 2e-3))
            .Quiet().Fit(learn.Loader(32, shuffle: true, seed: 2), epochs: 12);
        Assert.InRange(Ordered(eye, test), Math.Max(0.9, before + 0.03), 1);
    }

    /// <summary>The share of triplets in which the same digit is nearer than the other.</summary>
    static double Ordered(Eye eye, (Tensor A, Tensor Same, Tensor Other) t)
    {
        using var _ = Autograd.NoGrad();
        Tensor a = eye.Forward(t.A), near = (a - eye.Forward(t.Same)).Square().Sum([1]), far = (a - eye.Forward(t.Other)).Square().Sum([1]);
        return (near < far).To(DType.Float32).Mean().Item();
    }
}
