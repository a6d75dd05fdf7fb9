namespace Candeia.Tests;

[Collection(nameof(Alone))]
public class AbsorptionTests
{
    static readonly Generator s_random = new(11);

    static Tensor Leaf(params int[] shape)
    {
        var x = Tensor.Randn(Shape.Create(shape), generator: s_random);
        x.RequiresGrad = true;
        return x;
    }

    /// <summary>The output and the gradients of x, weight and bias, with and without absorption.</summary>
    static (float[] Output, float[][] Gradients) Run(Func<Tensor, Tensor, Tensor, Tensor> network, bool absorbing, Tensor[] leaves)
    {
        using var way = Absorption.Allow(absorbing);
        foreach (var leaf in leaves) leaf.Grad = null;
        var y = network(leaves[0], leaves[1], leaves[2]);
        float[] output = y.ToArray<float>();
        (y * y).Sum().Backward();
        return (output, [.. leaves.Select(l => l.Grad!.ToArray<float>())]);
    }

    public static TheoryData<string> Networks => [.. s_networks.Keys];

    static readonly Dictionary<string, Func<Tensor, Tensor, Tensor, Tensor>> s_networks = new()
    {
        ["conv"] = (x, w, b) => x.Conv2d(w, b),
        ["conv, relu"] = (x, w, b) => x.Conv2d(w, b).Relu(),
        ["conv, relu, average"] = (x, w, b) => x.Conv2d(w, b).Relu().AvgPool2d(2),
        ["conv, relu, max"] = (x, w, b) => x.Conv2d(w, b).Relu().MaxPool2d(2),
        ["conv, average"] = (x, w, b) => x.Conv2d(w, b).AvgPool2d(2),
        ["conv, max"] = (x, w, b) => x.Conv2d(w, b).MaxPool2d(2),
        ["no bias"] = (x, w, b) => x.Conv2d(w).Relu().AvgPool2d(2) + b.Reshape(1, -1, 1, 1),
        ["stride and padding"] = (x, w, b) => x.Conv2d(w, b, stride: 2, padding: 1).Relu().AvgPool2d(2),
        ["conv and relu both used"] = (x, w, b) => { var h = x.Conv2d(w, b); return h.Relu() + h; },
        ["relu read in between"] = (x, w, b) => { var r = x.Conv2d(w, b).Relu(); _ = r.ToArray<float>(); return r.AvgPool2d(2); },
        ["convolution read afterwards"] = (x, w, b) => { var h = x.Conv2d(w, b); var y = h.Relu().AvgPool2d(2); _ = h.ToArray<float>(); return y; },
        ["relu kept for a skip"] = (x, w, b) => { var r = x.Conv2d(w, b).Relu(); return r.AvgPool2d(2) + r.MaxPool2d(2); },
        ["linear, relu"] = (x, w, b) => x.Flatten(1).Linear(w.Flatten().Repeat(9).Reshape(5, 243), b).Relu(),
        ["linear, relu, linear"] = (x, w, b) => x.Flatten(1).Linear(w.Flatten().Repeat(9).Reshape(5, 243), b).Relu().Linear(w.Reshape(27, 5)),
        ["two in a row"] = (x, w, b) => x.Conv2d(w, b, padding: 1).Relu().AvgPool2d(2).Pad([0, 0, 0, 0]).Sum([1], keepDim: true).Expand([2, 3, 4, 4]).Conv2d(w, b).Relu(),
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_fused_pass_without_a_graph_gives_the_same_bits(string name)
    {
        Tensor x = Leaf(2, 3, 9, 9), w = Leaf(5, 3, 3, 3), b = Leaf(5);
        float[] with = s_networks[name](x, w, b).ToArray<float>();
        using var _ = Autograd.NoGrad();
        Assert.Equal(with, s_networks[name](x, w, b).ToArray<float>());
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_fused_pass_gives_the_bits_of_its_parts_and_their_gradients(string name)
    {
        Tensor[] leaves = [Leaf(2, 3, 9, 9), Leaf(5, 3, 3, 3), Leaf(5)];
        var (fused, plain) = (Run(s_networks[name], true, leaves), Run(s_networks[name], false, leaves));
        Assert.Equal(plain.Output, fused.Output);
        for (int i = 0; i < leaves.Length; i++)
        {
            double scale = plain.Gradients[i].Max(Math.Abs);
            for (int k = 0; k < plain.Gradients[i].Length; k++) Assert.InRange(fused.Gradients[i][k] - plain.Gradients[i][k], -1e-4 * scale, 1e-4 * scale);
        }
    }

    [Fact]
    public void A_weight_written_before_the_result_is_read_does_not_change_it()
    {
        var (x, w, b) = (Leaf(1, 1, 5, 5), Leaf(2, 1, 3, 3), Leaf(2));
        var expected = x.Conv2d(w, b).Relu().ToArray<float>();
        var y = x.Conv2d(w, b).Relu();
        using (Autograd.NoGrad()) w.Fill(0);
        Assert.Equal(expected, y.ToArray<float>());
    }

    [Fact]
    public void Work_done_twice_is_counted_and_settling_avoids_it()
    {
        var (x, w, b) = (Leaf(1, 1, 6, 6), Leaf(2, 1, 3, 3), Leaf(2));
        long before = Absorption.Repeated;
        var h = x.Conv2d(w, b);
        _ = h.Relu().AvgPool2d(2).ToArray<float>();
        Assert.Equal(before, Absorption.Repeated);
        _ = h.ToArray<float>();
        Assert.Equal(before + 1, Absorption.Repeated);
        var settled = x.Conv2d(w, b).Settle();
        _ = settled.Relu().AvgPool2d(2).ToArray<float>();
        _ = settled.ToArray<float>();
        Assert.Equal(before + 1, Absorption.Repeated);
    }

    /// <summary>Random programs of convolutions, activations, pooling, branches and reads: the same bits with absorption and without.</summary>
    [Fact]
    public void Random_programs_give_the_same_bits_either_way()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            float[] Program(bool absorbing)
            {
                using var way = Absorption.Allow(absorbing);
                var g = new Generator(seed);
                var w = Tensor.Randn([3, 3, 3, 3], generator: g);
                w.RequiresGrad = g.NextInt(2) == 0;
                List<Tensor> values = [Tensor.Randn([1, 3, 8, 8], generator: g)];
                for (int i = 0; i < 8; i++)
                {
                    var x = values[g.NextInt(3) == 0 ? g.NextInt(values.Count) : values.Count - 1];
                    values.Add(g.NextInt(7) switch
                    {
                        0 or 1 => x.Conv2d(w, padding: 1),
                        2 or 3 => x.Relu(),
                        4 when x.Shape[2] > 2 => x.AvgPool2d(2),
                        5 when x.Shape[2] > 2 => x.MaxPool2d(2),
                        _ => x + values.Last(v => v.Shape == x.Shape) * 0.5,
                    });
                    if (g.NextInt(5) == 0) _ = values[g.NextInt(values.Count)].ToArray<float>();
                }
                return [.. values.SelectMany(v => v.ToArray<float>())];
            }
            Assert.Equal(Program(absorbing: false), Program(absorbing: true));
        }
    }

    [Fact]
    public void Second_derivatives_take_the_plain_way()
    {
        var x = Tensor.Randn([1, 1, 6, 6], DType.Float64, s_random);
        var w = Tensor.Randn([2, 1, 3, 3], DType.Float64, s_random);
        x.RequiresGrad = w.RequiresGrad = true;
        var y = x.Conv2d(w).Relu().AvgPool2d(2).Square().Sum();
        var dx = Autograd.Gradients(y, [x], createGraph: true)[0];
        var ddw = Autograd.Gradients(dx.Square().Sum(), [w])[0].ToArray<double>();
        const double h = 1e-5;
        double Slope(int i)
        {
            double At(double step)
            {
                var moved = w.Detach().Clone();
                moved.SetNumber(i, moved.GetNumber(i) + step);
                return Autograd.Gradients(x.Conv2d(moved).Relu().AvgPool2d(2).Square().Sum(), [x])[0].Square().Sum().Item();
            }
            return (At(h) - At(-h)) / (2 * h);
        }
        for (int i = 0; i < ddw.Length; i++) Assert.Equal(Slope(i), ddw[i], 1e-4 * Math.Max(1, Math.Abs(ddw[i])));
    }
}
