using Candeia.NN;

namespace Candeia.Tests;

/// <summary>What transformers have beyond PyTorch's: causality without a mask, caches, positions.</summary>
public class TransformerTests
{
    static Tensor Random(params int[] shape) => Tensor.Randn(Shape.Create(shape), generator: new(51));

    static void Near(Tensor expected, Tensor got, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Shape, got.Shape);
        Assert.All(expected.ToArray<double>().Zip(got.ToArray<double>()), v => Assert.Equal(v.First, v.Second, tolerance));
    }

    [Fact]
    public void Causality_is_the_mask_that_says_so()
    {
        var g = new Generator(1);
        Transformer transformer = new(8, 2, 2, 2, 16, 0, generator: g);
        Tensor source = Random(2, 5, 8), target = Random(2, 4, 8), ahead = Tensor.Ones([4, 4], DType.Bool).Triu(1);
        Near(transformer.Forward(source, target, targetMask: ahead), transformer.Forward(source, target, targetCausal: true));
        var bias = new MultiheadAttention(8, 2, addBiasKv: true, addZeroAttn: true, generator: g);
        Near(bias.Forward(target, ahead), bias.Forward(target, null, causal: true));
    }

    [Fact]
    public void Steps_first_is_the_same_the_other_way_round()
    {
        Transformer One(bool first) => new(8, 2, 1, 1, 16, 0, batchFirst: first, generator: new(2));
        Tensor source = Random(2, 5, 8), target = Random(2, 4, 8);
        Near(One(true).Forward(source, target, targetCausal: true), One(false).Forward(source.Transpose(0, 1), target.Transpose(0, 1), targetCausal: true).Transpose(0, 1));
    }

    [Fact]
    public void A_cache_gives_what_the_whole_sequence_gives()
    {
        var encoder = new TransformerEncoder(() => new(8, 2, 16, normFirst: true, generator: new(3)), 3, new LayerNorm([8])).Eval();
        var x = Random(2, 9, 8);
        using var noGrad = Autograd.NoGrad();
        var expected = encoder.Forward(x, null, causal: true);
        var cache = new KeyValueCache(3, 9);
        var first = encoder.Forward(x[.., ..5], cache);
        Near(expected, Tensor.Cat([first, .. Enumerable.Range(5, 4).Select(t => encoder.Forward(x.Narrow(1, t, 1), cache))], 1));
        Assert.Equal(9, cache.Length);
        Assert.Contains("do not fit", Assert.Throws<InvalidOperationException>(() => encoder.Forward(x[.., ..1], cache)).Message, StringComparison.Ordinal);
        cache.Truncate(6);
        Near(expected[.., 6..8], encoder.Forward(x[.., 6..8], cache));
        Assert.Throws<ShapeException>(() => encoder.Forward(x[..1, ..1], cache));
        cache.Clear();
        Near(expected[..1, ..2], encoder.Forward(x[..1, ..2], cache));
    }

    [Fact]
    public void A_cache_outlives_the_scope_in_which_it_was_filled()
    {
        var attention = new MultiheadAttention(8, 2, generator: new(4)).Eval();
        var x = Random(1, 4, 8);
        using var noGrad = Autograd.NoGrad();
        var cache = new KeyValueCache(1, 4);
        using (Scope.Begin()) attention.Forward(x[.., ..3], cache, 0).Settle();
        Near(attention.Forward(x, null, causal: true)[.., 3..], attention.Forward(x[.., 3..], cache, 0));
    }

    [Fact]
    public void Sines_are_those_of_the_paper_and_learnt_vectors_are_added()
    {
        var positions = new SinusoidalPositions(6, maxLength: 20);
        var y = positions.Forward(Tensor.Zeros([2, 7, 6]));
        for (int t = 0; t < 7; t++)
            for (int i = 0; i < 3; i++)
            {
                double angle = t / Math.Pow(10000, 2.0 * i / 6);
                Assert.Equal(Math.Sin(angle), (double)y[1, t, 2 * i], 1e-6);
                Assert.Equal(Math.Cos(angle), (double)y[1, t, 2 * i + 1], 1e-6);
            }
        Near(y[.., 4..], positions.Forward(Tensor.Zeros([2, 3, 6]), before: 4));
        Assert.Empty(positions.StateDict());
        Assert.Throws<ShapeException>(() => positions.Forward(Tensor.Zeros([1, 21, 6])));
        Assert.Throws<ArgumentException>(() => new SinusoidalPositions(5));
        var learned = new LearnedPositions(20, 6, generator: new(5));
        Near(learned.Weight[4..7], learned.Forward(Tensor.Zeros([3, 6]), before: 4));
        Assert.Throws<ShapeException>(() => learned.Forward(Tensor.Zeros([1, 3, 6]), before: 18));
    }

    [Fact]
    public void Rotated_products_depend_on_the_distance_alone()
    {
        foreach (bool interleaved in (bool[])[false, true])
        {
            var rotary = new RotaryPositions(8, maxLength: 64, interleaved: interleaved).To(DType.Float64);
            Tensor q = Random(8).To(DType.Float64), k = Random(2, 8)[1].To(DType.Float64);
            double At(int i, int j) => (rotary.Forward(q.Unsqueeze(0), i) * rotary.Forward(k.Unsqueeze(0), j)).Sum().Item();
            Assert.Equal(At(3, 1), At(40, 38), 1e-6);
            Assert.NotEqual(At(3, 1), At(3, 2), 1e-3);
            Near(q.Unsqueeze(0), rotary.Forward(q.Unsqueeze(0)), 1e-12);
            Assert.Equal((double)q.Square().Sum(), (double)rotary.Forward(q.Unsqueeze(0), 33).Square().Sum(), 1e-6);
        }
        var one = new RotaryPositions(2, interleaved: true).Forward(Tensor.From([1f, 0], [1, 2]), before: 1);
        Near(Tensor.From([Math.Cos(1), Math.Sin(1)], [1, 2]).To(DType.Float32), one);
        Assert.Throws<ArgumentException>(() => new RotaryPositions(3));
    }

    [Fact]
    public void Linear_biases_fall_with_the_distance()
    {
        Near(Tensor.From([0.5, 0.25, 0.125, 0.0625, 1 / 32.0, 1 / 64.0, 1 / 128.0, 1 / 256.0], [8]), Alibi.Slopes(8).To(DType.Float64), 1e-9);
        Near(Tensor.From([1 / 4.0, 1 / 16.0, 1 / 64.0, 1 / 256.0, 1 / 2.0, 1 / 8.0], [6]), Alibi.Slopes(6).To(DType.Float64), 1e-9);
        var mask = Alibi.Mask(4, 2, 3);
        Assert.Equal([-0.25f, 0, float.NegativeInfinity], mask[0, 0].ToArray<float>());
        Assert.Equal([-0.5f, -0.25f, 0], mask[0, 1].ToArray<float>());
    }
}
