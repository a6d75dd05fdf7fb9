using System.Runtime.InteropServices;

namespace Candeia.Tests;

/// <summary>float16 and bfloat16 are computed with in float32 and rounded once.</summary>
public class NarrowTests
{
    public static TheoryData<DType> Types => [DType.Float16, DType.BFloat16];

    /// <summary>All bits, there and back; and every float near a border goes to the nearest, ties to even.</summary>
    [Fact]
    public void Bfloat16_rounds_to_the_nearest()
    {
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            var x = BFloat16.FromBits((ushort)bits);
            if (float.IsNaN((float)x)) Assert.True(float.IsNaN((float)(BFloat16)(float)x));
            else Assert.Equal(bits, ((BFloat16)(float)x).Bits);
        }
        foreach (var (value, bits) in new (float, int)[]
        {
            (1.00390625f, 0x3f80), (1.01171875f, 0x3f82), (1.0039064f, 0x3f81), (3.3895314e38f, 0x7f7f), (3.4e38f, 0x7f80), (float.MaxValue, 0x7f80), (-0f, 0x8000), (1e-45f, 0),
            (BitConverter.UInt32BitsToSingle(0x7f800001), 0x7fc0),
        }) Assert.Equal(bits, ((BFloat16)value).Bits);
    }

    [Fact]
    public void Kernels_convert_as_the_types_do()
    {
        var random = new Random(5);
        float[] floats = new float[5003];
        random.NextBytes(MemoryMarshal.AsBytes(floats.AsSpan()));
        var x = Tensor.From(floats);
        Assert.Equal(floats.Select(f => ((BFloat16)f).Bits), x.ToArray<BFloat16>().Select(b => b.Bits));
        Assert.Equal(floats.Select(f => (Half)f), x.ToArray<Half>());
        Assert.Equal(floats.Select(f => (float)(BFloat16)f), x.To(DType.BFloat16).ToArray<float>());
        Assert.Equal(floats.Select(f => (float)(Half)f), x.To(DType.Float16).ToArray<float>());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_result_is_rounded_once(DType dtype)
    {
        Tensor a = Tensor.Linspace(-3, 3, 1501).To(dtype), b = Tensor.Linspace(0.1, 7, 1501).To(dtype), wa = a.To(DType.Float32), wb = b.To(DType.Float32);
        void Same(Tensor narrow, Tensor wide)
        {
            Assert.Equal(dtype, narrow.DType);
            Assert.Equal(wide.To(dtype).ToArray<float>(), narrow.ToArray<float>());
        }
        Same(a + b, wa + wb);
        Same(a * 0.1, wa * 0.1);                                             // the number is not rounded first
        Same(a / b, wa / wb);
        Same(b.Pow(a), wb.Pow(wa));
        Same(a.Sigmoid(), wa.Sigmoid());
        Same(a.Mish(), wa.Mish());
        Same(a.Hardswish(), wa.Hardswish());
        Same(b.Sum(), wb.Sum());
        Same(b.Mean(), wb.Mean());
        Same(b.Std(), wb.Std());
        Same(b.Norm(), wb.Norm());
        Same(a.LogSumExp([0]), wa.LogSumExp([0]));
        Same(a.Softmax(0), wa.Softmax(0));
        Same(a.Cumsum(0), wa.Cumsum(0));
        Same(a.Reshape(19, 79).MatMul(b.Reshape(79, 19)), wa.Reshape(19, 79).MatMul(wb.Reshape(79, 19)));
        Same(a.Reshape(19, 79).T() + b.Reshape(79, 19), wa.Reshape(19, 79).T() + wb.Reshape(79, 19));
        Assert.Equal((wa > wb).ToArray<bool>(), (a > b).ToArray<bool>());
        Assert.Equal(wa.ArgSort().ToArray<long>(), a.ArgSort().ToArray<long>());
        Assert.Equal(100_000, Tensor.Full([100_000], 1, dtype).Sum(DType.Float32).Item());
        Assert.Equal(1, Tensor.Full([100_000], 1, dtype).Mean().Item());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Gradients_are_rounded_once_too(DType dtype)
    {
        foreach (var f in new Func<Tensor, Tensor>[] { x => x.Sigmoid(), x => x.Tanh(), x => x.Gelu(), x => x.Silu(), x => x * x, x => 1 / x, x => x.Exp(), x => x.Maximum(0), x => x.Softplus(), x => x.Std() })
        {
            var x = Tensor.Linspace(-3, 3, 100).To(dtype);
            var wide = x.To(DType.Float32);
            x.RequiresGrad = wide.RequiresGrad = true;
            Tensor y = f(x), expected = f(wide);
            var sent = Tensor.Full(y.Shape, 0.25, dtype);
            var narrow = Autograd.Gradients(y, [x], sent)[0];
            Assert.Equal(dtype, narrow.DType);
            var g = Autograd.Gradients(expected, [wide], sent.To(DType.Float32))[0].ToArray<double>();
            double[] got = narrow.ToArray<double>();
            double eps = Finfo.Of(dtype).Eps;                                // functions whose derivative reads the rounded result are off by that rounding
            for (int i = 0; i < g.Length; i++) Assert.Equal(g[i], got[i], 2 * eps * Math.Max(0.1, Math.Abs(g[i])));
        }
    }

    /// <summary>y = x·2 + the first shared number; remembers what it was given.</summary>
    sealed record ProbeOp(List<(Shape Part, Tensor Shared)> Seen) : Op
    {
        public Tensor Apply(Tensor x, Tensor shared) => Run(x.Shape, x.DType, x, shared);

        internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Rows(x, y, inputs: 1);

        protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
        {
            Assert.All((DType[])[x[0].DType, x[1].DType, outputs[0].DType], d => Assert.Equal(DType.Float32, d));
            Seen.Add((x[0].Shape, x[1]));
            outputs[0].CopyFrom(x[0] * 2 + x[1][0]);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Few_rows_are_wide_at_a_time(DType dtype)
    {
        var op = new ProbeOp([]);
        Tensor x = Tensor.Randint(-9, 9, [1000, 7001], new Generator(1)).To(dtype)[.., 1..], shared = Tensor.Full([3], 4, dtype);
        var y = op.Apply(x, shared);
        Assert.Equal((x.To(DType.Float32) * 2 + 4).ToArray<float>(), y.ToArray<float>());
        Assert.All(op.Seen, s => Assert.InRange(2 * s.Part.Numel, 1, Cut.Most));
        Assert.Equal(1000, op.Seen.Sum(s => s.Part[0]));
        Assert.Single(op.Seen.Select(s => s.Shared).Distinct());
    }

    /// <summary>Tensors that are cut give what they give as a whole, whatever their order in memory.</summary>
    [Theory]
    [MemberData(nameof(Types))]
    public void What_is_cut_into_rows_equals_the_whole(DType dtype)
    {
        var g = new Generator(6);
        Tensor Of(params int[] shape) => Tensor.Randn(new Shape(shape), generator: g).To(dtype);
        Tensor weight = Of(8, 3, 3, 3), bias = Of(8), square = Of(300, 300), scale = Of(300), labels = Tensor.Randint(0, 300, [9000], g);
        var cases = new (string Name, Func<Tensor, Tensor> Run, Tensor X)[]
        {
            ("conv", x => x.Conv2d(weight.To(x.DType), bias.To(x.DType)), Of(40, 3, 80, 80)),
            ("conv, relu, pool", x => x.Conv2d(weight.To(x.DType), bias.To(x.DType)).Relu().MaxPool2d(2), Of(40, 3, 80, 80)),
            ("average", x => x.AvgPool2d(2), Of(40, 8, 80, 80)), ("maximum", x => x.MaxPool2d(3), Of(40, 8, 80, 80)),
            ("linear", x => x.Linear(square.To(x.DType), scale.To(x.DType)), Of(9000, 300)),
            ("linear, relu", x => x.Linear(square.To(x.DType), scale.To(x.DType)).Relu(), Of(9000, 300)),
            ("product", x => x.MatMul(square.To(x.DType)), Of(9000, 300)), ("transposed product", x => x.T().MatMul(square.To(x.DType)), Of(300, 9000)),
            ("products", x => x.MatMul(square.To(x.DType)), Of(40, 200, 300)), ("products of pairs", x => x.MatMul(x.Transpose(1, 2)), Of(40, 200, 300)),
            ("cross entropy", x => new CrossEntropyOp(-100).Apply(x, labels), Of(9000, 300)), ("softmax", x => x.Softmax(-1), Of(9000, 300)),
            ("layer norm", x => x.LayerNorm([300]), Of(9000, 300)), ("group norm", x => x.GroupNorm(2), Of(40, 8, 80, 80)),
            ("sum", x => x.Sum(1), Of(9000, 300)), ("sum of columns", x => x.T().Sum(1), Of(300, 9000)), ("largest", x => x.Amax(2), Of(40, 200, 300)), ("sum of the middle", x => x.Sum([1], keepDim: true), Of(40, 200, 300)),
            ("sum of channels", x => x.ChannelsLast().Sum(1), Of(40, 8, 80, 80)), ("cumsum", x => x.Cumsum(1), Of(9000, 300)), ("position", x => x.ArgMax(1), Of(9000, 300)), ("gelu", x => x.Gelu(), Of(9000, 300)),
            ("sum of all", x => x.Sum(), Of(9000, 300)), ("sum of rows", x => x.Sum(0), Of(9000, 300)), ("sum of both ends", x => x.Sum(0, 2), Of(40, 200, 300)),
            ("product", x => (x * 0.1 + 1).Prod(0), Of(9000, 300)), ("smallest of all", x => x.Amin(), Of(9000, 300)), ("largest of rows", x => x.Amax([0], keepDim: true), Of(9000, 300)),
            ("mean of all", x => x.Mean(), Of(9000, 300)), ("mean of rows", x => x.Mean(0), Of(9000, 300)), ("variance of all", x => x.Var(), Of(9000, 300)),
            ("variance of rows", x => x.Var([0]), Of(9000, 300)), ("deviation of columns", x => x.T().Std([1]), Of(300, 9000)), ("variance far from zero", x => x.Var([0]), Of(9000, 300) * 0.1 + 10),
            ("norm", x => x.Norm(), Of(9000, 300)), ("norm of rows", x => x.Norm(3, [0]), Of(9000, 300)), ("sum of sizes", x => x.Norm(1, [0]), Of(9000, 300)),
            ("largest size", x => x.Norm(double.PositiveInfinity), Of(9000, 300)), ("cumsum of rows", x => x.Cumsum(0) * 0.01, Of(9000, 300)), ("softmax of rows", x => x.Softmax(0), Of(9000, 300)),
            ("batch norm", x => x.BatchNorm(null, null, training: true, square[0, ..8].To(x.DType), bias.To(x.DType)), Of(40, 8, 80, 80)),
            ("group norm, weighted", x => x.GroupNorm(2, square[0, ..8].To(x.DType), bias.To(x.DType)), Of(40, 8, 80, 80)),
            ("layer norm of many", x => x.LayerNorm([300]), Of(40, 200, 300)),
            ("attention", x => x.ScaledDotProductAttention(x, x, causal: true), Of(24, 4, 200, 64)),
        };
        foreach (var (name, run, x) in cases)
        {
            var wide = x.To(DType.Float32);
            bool differentiable = name != "position";
            x.RequiresGrad = wide.RequiresGrad = differentiable;
            Tensor y = run(x), expected = run(wide);
            Near(name, y, expected, dtype);
            if (!differentiable) continue;
            var sent = Tensor.Randn(y.Shape, generator: g).To(dtype);
            Near(name + ", gradient", Autograd.Gradients(y, [x], sent)[0], Autograd.Gradients(expected, [wide], sent.To(DType.Float32))[0], dtype);
        }
    }

    /// <summary>What is summed over all rows, too: the gradients of what has none.</summary>
    [Theory]
    [MemberData(nameof(Types))]
    public void Gradients_of_weights_are_summed_in_float32(DType dtype)
    {
        var g = new Generator(8);
        Tensor Of(params int[] shape) => Tensor.Randn(new Shape(shape), generator: g).To(dtype);
        Tensor rows = Of(9000, 300), images = Of(40, 8, 80, 80);
        var cases = new (string Name, Tensor X, Func<Tensor, Tensor[], Tensor> Run, Tensor[] Weights)[]
        {
            ("linear", rows, (x, w) => x.Linear(w[0], w[1]), [Of(40, 300), Of(40)]), ("linear, relu", rows, (x, w) => x.Linear(w[0], w[1]).Relu(), [Of(40, 300), Of(40)]),
            ("product", rows, (x, w) => x.MatMul(w[0]), [Of(300, 40)]), ("conv", images, (x, w) => x.Conv2d(w[0], w[1]), [Of(4, 8, 3, 3), Of(4)]),
            ("conv, relu, pool", images, (x, w) => x.Conv2d(w[0], w[1]).Relu().MaxPool2d(2), [Of(4, 8, 3, 3), Of(4)]),
            ("transposed conv", images, (x, w) => x.ConvTranspose2d(w[0], w[1]), [Of(8, 4, 3, 3), Of(4)]),
            ("batch norm", images, (x, w) => x.BatchNorm(null, null, training: true, w[0], w[1]), [Of(8), Of(8)]),
            ("group norm", images, (x, w) => x.GroupNorm(4, w[0], w[1]), [Of(8), Of(8)]), ("layer norm", rows, (x, w) => x.LayerNorm([300], w[0], w[1]), [Of(300), Of(300)]),
        };
        foreach (var (name, x, run, weights) in cases)
        {
            Tensor[] wide = [.. weights.Select(w => w.To(DType.Float32))];
            foreach (var w in weights.Concat(wide)) w.RequiresGrad = true;
            Tensor y = run(x, weights), expected = run(x.To(DType.Float32), wide), sent = Tensor.Randn(y.Shape, generator: g).To(dtype);
            var got = Autograd.Gradients(y, weights, sent);
            var right = Autograd.Gradients(expected, wide, sent.To(DType.Float32));
            for (int i = 0; i < got.Length; i++) Near($"{name}, gradient of weight {i}", got[i], right[i], dtype);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Steps_of_optimizers_round_once(DType dtype)
    {
        const int Count = 700_001;
        var g = new Generator(9);
        Tensor Of() => Tensor.Randn([Count], generator: g).To(dtype);
        Tensor[] gradients = [Of(), Of().T()], targets = [Of(), Of(), Of(), Of(), Of().Abs(), Of().Abs()];
        Tensor[] wide = [.. targets.Select(t => t.To(DType.Float32))], wideGradients = [.. gradients.Select(t => t.To(DType.Float32))];
        var adam = new AdamStepOp(0.01, 0.9, 0.99, 1e-6, 3) { WeightDecay = 0.1 };
        adam.Apply(gradients, targets);
        adam.Apply(wideGradients, wide);
        for (int i = 0; i < targets.Length; i++) Assert.Equal(wide[i].To(dtype).ToArray<float>(), targets[i].ToArray<float>());
        targets = [.. targets[..4]];
        wide = [.. targets.Select(t => t.To(DType.Float32))];
        var sgd = new SgdStepOp(0.01) { Momentum = 0.9, Nesterov = true };
        sgd.Apply(gradients, targets);
        sgd.Apply(wideGradients, wide);
        for (int i = 0; i < targets.Length; i++) Assert.Equal(wide[i].To(dtype).ToArray<float>(), targets[i].ToArray<float>());
        Tensor blended = targets[0], before = blended.To(DType.Float32);
        new BlendOp(0.9, 0.1).Apply(blended, gradients[0]);
        new BlendOp(0.9, 0.1).Apply(before, wideGradients[0]);
        Assert.Equal(before.To(dtype).ToArray<float>(), blended.ToArray<float>());
    }

    /// <summary>Equal but for one rounding, and for what is passed on rounded.</summary>
    static void Near(string name, Tensor narrow, Tensor wide, DType dtype)
    {
        float[] expected = wide.ToArray<float>(), got = narrow.To(DType.Float32).ToArray<float>();
        float eps = (float)Finfo.Of(dtype).Eps, scale = Math.Max(1e-3f, expected.Max(Math.Abs));
        Assert.Equal(expected.Length, got.Length);
        for (int i = 0; i < expected.Length; i++)
            if (!(Math.Abs(expected[i] - got[i]) <= 4 * eps * Math.Max(Math.Abs(expected[i]), 0.5f * scale))) Assert.Fail($"{name}: element {i} is {got[i]}, not {expected[i]}");
    }

    [Fact]
    public void Plain_numbers_do_not_widen()
    {
        Assert.Equal(DType.Float16, (Tensor.Ones([2], DType.Float16) * 2.5).DType);
        Assert.Equal(DType.BFloat16, (2 - Tensor.Ones([], DType.BFloat16)).DType);
    }
}
