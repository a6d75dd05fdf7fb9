namespace Candeia.Tests;

/// <summary>Batch normalization by running moments, folded into the convolution before it where no gradient will be asked for.</summary>
[Collection(nameof(Alone))]
public class FoldingTests
{
    readonly Generator _random = new(21);
    readonly Tensor _x, _w, _b, _mean, _variance, _scale, _shift;

    public FoldingTests()
    {
        Tensor Of(params int[] shape) => Tensor.Randn(Shape.Create(shape), generator: _random);
        (_x, _w, _b) = (Of(2, 32, 9, 10), Of(64, 32, 3, 3), Of(64));
        (_mean, _variance, _scale, _shift) = (Of(64), Of(64).Square() + 0.2, Of(64), Of(64));
    }

    Tensor Norm(Tensor h, bool affine = true) => h.BatchNorm(_mean, _variance, training: false, affine ? _scale : null, affine ? _shift : null);

    public static TheoryData<string> Networks => [.. s_networks.Keys];

    static readonly Dictionary<string, Func<FoldingTests, Tensor>> s_networks = new()
    {
        ["norm"] = t => t.Norm(t._x.Conv2d(t._w, t._b)),
        ["no bias"] = t => t.Norm(t._x.Conv2d(t._w)),
        ["not affine"] = t => t.Norm(t._x.Conv2d(t._w, t._b), affine: false),
        ["neither"] = t => t.Norm(t._x.Conv2d(t._w), affine: false),
        ["relu"] = t => t.Norm(t._x.Conv2d(t._w, padding: 1)).Relu(),
        ["relu, average"] = t => t.Norm(t._x.Conv2d(t._w, t._b)).Relu().AvgPool2d(2),
        ["max"] = t => t.Norm(t._x.Conv2d(t._w, t._b, stride: 2)).MaxPool2d(2),
        ["groups"] = t => t.Norm(t._x.Conv2d(t._w[.., ..8], t._b, groups: 4)).Relu(),
        ["depthwise"] = t => t._x.Conv2d(t._w[..32, ..1], groups: 32).BatchNorm(t._mean[..32], t._variance[..32], training: false).Relu(),
        ["relu6"] = t => t.Norm(t._x.Conv2d(t._w, t._b)).Relu6(),
        ["relu6 alone"] = t => t._x.Conv2d(t._w, t._b, padding: 1).Relu6(),
        ["clamp"] = t => t.Norm(t._x.Conv2d(t._w, t._b, stride: 2)).Clamp(0, 0.5),
        ["depthwise, relu6"] = t => t._x.Conv2d(t._w[..32, ..1], groups: 32).BatchNorm(t._mean[..32], t._variance[..32], training: false).Relu6(),
        ["add"] = t => { var h = t._x.Conv2d(t._w); return t.Norm(t._x.Conv2d(t._w, t._b)) + h; },
        ["add, relu"] = t => { var h = t._x.Conv2d(t._w, padding: 1); return (t.Norm(t._x.Conv2d(t._w, t._b, padding: 1)) + h).Relu(); },
        ["add, relu6"] = t => { var h = t._x.Conv2d(t._w, stride: 2); return (t._x.Conv2d(t._w, t._b, stride: 2) + h).Relu6(); },
        ["add to few channels"] = t => { var h = t._x[..6].Conv2d(t._w[..24]); return (t._x.Conv2d(t._w[..24]) + h).Relu(); },
        ["add something else in memory"] = t => t.Norm(t._x.Conv2d(t._w)) + t._mean.Reshape(1, 64, 1, 1).Expand(2, 64, 7, 8).Contiguous(),
        ["add a number for each channel"] = t => t._x.Conv2d(t._w) + t._mean.Reshape(1, 64, 1, 1),
        ["relu, norm"] = t => t.Norm(t._x.Conv2d(t._w, t._b).Relu()),
        ["relu, norm, average"] = t => t.Norm(t._x.Conv2d(t._w, t._b, padding: 1).Relu()).AvgPool2d(2),
        ["relu, norm, max"] = t => t.Norm(t._x.Conv2d(t._w).Relu(), affine: false).MaxPool2d(2),
        ["twice"] = t => t.Norm(t.Norm(t._x.Conv2d(t._w, t._b))),
        ["skip"] = t => { var h = t._x.Conv2d(t._w, t._b); return t.Norm(h).Relu() + h; },
        ["read in between"] = t => { var h = t._x.Conv2d(t._w, t._b); _ = h.ToArray<float>(); return t.Norm(h); },
        ["moments written before it is read"] = t =>
        {
            var (mean, variance) = (t._mean.Clone(), t._variance.Clone());
            var y = t._x.Conv2d(t._w, t._b).BatchNorm(mean, variance, training: false).Relu();
            mean.Fill(7);
            variance.Fill(9);
            return y;
        },
    };

    static float[] Without(Func<Tensor> network)
    {
        using var way = Absorption.Allow(false);
        return network().ToArray<float>();
    }

    [Theory, MemberData(nameof(Networks))]
    public void Values_equal_the_plain_ones_to_rounding(string name)
    {
        float[] plain = Without(() => s_networks[name](this)), folded = s_networks[name](this).ToArray<float>();
        double scale = plain.Max(Math.Abs);
        Assert.Equal(plain.Length, folded.Length);
        Assert.All(plain.Zip(folded), p => Assert.Equal(p.First, p.Second, 2e-5 * scale));
        Assert.Equal(folded, s_networks[name](this).ToArray<float>());
    }

    [Fact]
    public void What_was_skipped_can_be_read_and_has_the_plain_bits()
    {
        float[] expected = Without(() => _x.Conv2d(_w, _b));
        var h = _x.Conv2d(_w, _b);
        long before = Absorption.Repeated;
        _ = Norm(h).Relu().ToArray<float>();
        Assert.Equal(expected, h.ToArray<float>());
        Assert.Equal(before + 1, Absorption.Repeated);
    }

    [Fact]
    public void Where_a_gradient_is_wanted_the_plain_ops_run()
    {
        Tensor[] Gradients()
        {
            Tensor[] leaves = [_x.Detach(), _w.Detach(), _scale.Detach()];
            foreach (var leaf in leaves) leaf.RequiresGrad = true;
            var y = leaves[0].Conv2d(leaves[1], _b).BatchNorm(_mean, _variance, training: false, leaves[2], _shift).Relu();
            return [y, .. Autograd.Gradients(y.Square().Sum(), leaves)];
        }
        var with = Gradients();
        using var way = Absorption.Allow(false);
        foreach (var (p, q) in with.Zip(Gradients())) Assert.Equal(q.ToArray<float>(), p.ToArray<float>());
    }

    [Fact]
    public void A_graph_that_is_switched_off_lets_parameters_be_folded()
    {
        var w = _w.Detach();
        w.RequiresGrad = true;
        float[] plain = Without(() => { using var _ = Autograd.NoGrad(); return Norm(_x.Conv2d(w, _b)); });
        using var off = Autograd.NoGrad();
        var h = _x.Conv2d(w, _b);
        var y = Norm(h);
        float[] folded = y.ToArray<float>();
        Assert.True(h.IsPending, "The convolution was computed by itself.");
        Assert.All(plain.Zip(folded), p => Assert.Equal(p.First, p.Second, 2e-5 * plain.Max(Math.Abs)));
    }
}
