namespace Candeia.Tests;

public class BatchNormTests
{
    static Tensor Random(ulong seed, params int[] shape)
    {
        var x = Tensor.Randn(Shape.Create(shape), DType.Float64, new Generator(seed));
        x.RequiresGrad = true;
        return x;
    }

    static Tensor Composed(Tensor x, Tensor w, Tensor b, Tensor? mean = null, Tensor? variance = null)
    {
        int[] others = [.. Enumerable.Range(0, x.Rank).Where(d => d != 1)];
        Shape channel = [.. x.Shape.Select((size, d) => d == 1 ? size : 1)];
        var centred = x - (mean?.Reshape(channel) ?? x.Mean(others, keepDim: true));
        return centred * ((variance?.Reshape(channel) ?? centred.Square().Mean(others, keepDim: true)) + 1e-5).Rsqrt() * w.Reshape(channel) + b.Reshape(channel);
    }

    [Theory]
    [InlineData(7, 3), InlineData(4, 5, 6), InlineData(3, 33, 5, 4), InlineData(2, 3, 2, 2, 2)]
    public void Values_and_gradients_are_those_of_the_composition(params int[] shape)
    {
        foreach (bool training in new[] { true, false })
            foreach (bool last in new[] { false, true })
            {
                Tensor x = Random(1, shape), w = Random(2, shape[1]), b = Random(3, shape[1]);
                Tensor mean = Random(4, shape[1]).Detach(), variance = Random(5, shape[1]).Detach().Square() + 0.5, grad = Random(6, shape).Detach();
                var input = last && x.Rank > 2 ? x.ChannelsLast() : x;
                var y = input.BatchNorm(mean.Clone(), variance.Clone(), training, w, b);
                y.Backward(grad);
                Tensor[] gradients = [x.Grad!, w.Grad!, b.Grad!];
                var expected = training ? Composed(x, w, b) : Composed(x, w, b, mean, variance);
                Near(expected, y);
                foreach (var (want, have) in Autograd.Gradients(expected, [x, w, b], grad).Zip(gradients)) Near(want, have);
            }
    }

    [Fact]
    public void Second_derivatives_are_those_of_the_composition()
    {
        foreach (bool training in new[] { true, false })
        {
            Tensor x = Random(1, 4, 3, 2), w = Random(2, 3), b = Random(3, 3), mean = Tensor.Zeros([3], DType.Float64), variance = Tensor.Ones([3], DType.Float64);
            Tensor[] Second(Tensor y)
            {
                var first = Autograd.Gradients((y * y * y).Sum(), [x, w], createGraph: true);
                return Autograd.Gradients(first[0].Square().Sum() + first[1].Square().Sum(), [x, w, b]);
            }

            var have = Second(x.BatchNorm(mean.Clone(), variance.Clone(), training, w, b));
            var want = Second(training ? Composed(x, w, b) : Composed(x, w, b, mean, variance));
            foreach (var (p, q) in want.Zip(have)) Near(p, q, 1e-9);
        }
    }

    [Fact]
    public void Only_what_is_wanted_gets_a_gradient()
    {
        Tensor x = Random(1, 4, 3).Detach(), w = Random(2, 3), b = Random(3, 3);
        x.BatchNorm(null, null, true, w, b).Sum().Backward();
        Assert.NotNull(w.Grad);
        var z = Random(1, 4, 3);
        z.BatchNorm(null, null, true).Square().Sum().Backward();
        Assert.NotNull(z.Grad);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var x = Tensor.Ones([4, 3]);
        Assert.Contains("needs Float32 [3]", Assert.Throws<ShapeException>(() => x.BatchNorm(null, null, true, Tensor.Ones([4]), Tensor.Ones([4]))).Message, StringComparison.Ordinal);
        Assert.Contains("has 1", Assert.Throws<ShapeException>(() => x.Narrow(0, 0, 1).BatchNorm(null, null, true)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => x.BatchNorm(null, null, false));
        Assert.Throws<ArgumentException>(() => x.BatchNorm(Tensor.Ones([3]), null, true));
        Assert.Throws<ShapeException>(() => Tensor.Ones([3]).BatchNorm(null, null, true));
        Assert.Equal([0, 3], Tensor.Ones([0, 3]).BatchNorm(Tensor.Ones([3]), Tensor.Ones([3]), false).Shape);
    }

    static void Near(Tensor expected, Tensor actual, double tolerance = 1e-11)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.All(expected.ToArray<double>().Zip(actual.ToArray<double>()), p => Assert.Equal(p.First, p.Second, tolerance * (1 + Math.Abs(p.First))));
    }
}
