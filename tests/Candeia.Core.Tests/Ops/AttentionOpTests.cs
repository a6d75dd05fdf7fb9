namespace Candeia.Tests;

/// <summary>Attention over more queries, keys and features than fit a tile or a block, beside its composition; what the table's small cases do not reach.</summary>
[Collection(nameof(ThreadCount))]
public class AttentionOpTests
{
    const int Blocks = 300;                                      // keys: two whole blocks and a part

    static Tensor Random(ulong seed, DType dtype, params int[] shape)
    {
        var x = Tensor.Randn(Shape.Create(shape), DType.Float64, new Generator(seed)).To(dtype);
        x.RequiresGrad = true;
        return x;
    }

    static readonly Dictionary<string, (AttentionOp Op, int[] Q, int[] K, int E, Func<Tensor>? Mask)> s_cases = new()
    {
        ["long"] = (new(0.2), [2, 2, 130, 24], [2, 2, Blocks, 24], 40, null),
        ["many heads"] = (new(0.2, Causal: true), [3, 4, 70, 16], [3, 4, 70, 16], 16, null),
        ["causal"] = (new(0.2, Causal: true), [1, 2, Blocks, 33], [1, 2, Blocks, 33], 33, null),
        ["causal behind a cache"] = (new(0.2, Causal: true, Before: 170), [1, 2, 130, 16], [1, 2, Blocks, 16], 16, null),
        ["more keys than anyone sees"] = (new(0.2, Causal: true), [2, 20, 8], [2, Blocks, 8], 8, null),
        ["shared"] = (new(0.2, Causal: true), [2, 6, 130, 16], [2, 2, 130, 16], 16, null),
        ["shared by all"] = (new(0.2), [9, 8, 60, 16], [9, 1, 60, 16], 16, null),
        ["hidden"] = (new(0.2), [2, 3, 130, 16], [2, 3, Blocks, 16], 16, () => Tensor.Rand([2, 1, 130, Blocks], generator: new(7)) < 0.7),
        ["padded"] = (new(0.2), [2, 3, 130, 16], [2, 3, Blocks, 16], 16, () => Tensor.Arange(Blocks).Reshape(1, 1, 1, Blocks) < Tensor.From([290L, 100]).Reshape(2, 1, 1, 1)),
        ["added"] = (new(0.2), [2, 3, 130, 16], [2, 3, Blocks, 16], 16, () => Tensor.Randn([3, 130, Blocks], DType.Float64, new Generator(8))),
        ["causal and padded"] = (new(0.2, Causal: true), [2, 3, 130, 16], [2, 3, 130, 16], 16, () => Tensor.Arange(130).Reshape(1, 1, 1, 130) >= Tensor.From([5L, 120]).Reshape(2, 1, 1, 1)),
        ["dropped"] = (new(0.2, Dropout: 0.3, Start: new(5, 1, 9)), [2, 2, 130, 16], [2, 2, Blocks, 16], 16, null),
        ["all dropped"] = (new(0.2, Dropout: 1, Start: new(5, 1, 9)), [2, 3, 16], [2, 5, 16], 16, null),
        ["one query"] = (new(0.2), [2, 6, 1, 32], [2, 6, Blocks, 32], 32, null),
        ["few behind a cache"] = (new(0.2, Causal: true, Before: 297), [2, 2, 3, 33], [2, 2, Blocks, 33], 64, null),
        ["few shared"] = (new(0.2, Causal: true, Before: 130), [2, 6, 2, 16], [2, 2, 132, 16], 40, null),
        ["few hidden"] = (new(0.2), [2, 3, 5, 16], [2, 3, Blocks, 16], 32, () => Tensor.Rand([2, 1, 5, Blocks], generator: new(7)) < 0.7),
        ["few dropped"] = (new(0.2, Dropout: 0.3, Start: new(5, 1, 9)), [2, 2, 2, 16], [2, 2, 131, 16], 32, null),
        ["one number"] = (new(0.2), [2, 40, 1], [2, 40, 1], 1, null),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    static (AttentionOp Op, Tensor[] X, Tensor Grad) Of(string name, DType dtype)
    {
        var (op, q, k, e, mask) = s_cases[name];
        Tensor[] x = [Random(1, dtype, q), Random(2, dtype, k), Random(3, dtype, [.. k[..^1], e])];
        var masked = mask?.Invoke();
        if (masked is not null) x = [.. x, masked.DType == DType.Bool ? masked : masked.To(dtype)];
        return (op, x, Random(4, dtype, [.. q[..^1], e]).Detach());
    }

    static Tensor Apply(AttentionOp op, Tensor[] x) => op.Apply(x[0], x[1], x[2], x.Length > 3 ? x[3] : null);

    [Theory, MemberData(nameof(Cases))]
    public void Values_and_gradients_are_those_of_the_composition(string name)
    {
        foreach (var dtype in (DType[])[DType.Float64, DType.Float32])
        {
            var (op, x, grad) = Of(name, dtype);
            double tolerance = dtype == DType.Float64 ? 1e-12 : 2e-6;
            Tensor expected = op.Compose(x), y = Apply(op, x);
            Near(expected, y, tolerance);
            var want = Autograd.Gradients(expected, x.AsSpan(0, 3), grad);
            foreach (var (e, g) in want.Zip(Autograd.Gradients(y, x.AsSpan(0, 3), grad))) Near(e, g, tolerance * 20);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Only_some_gradients_may_be_wanted(string name)
    {
        var (op, x, grad) = Of(name, DType.Float64);
        var all = Autograd.Gradients(Apply(op, x), x.AsSpan(0, 3), grad);
        for (int only = 0; only < 3; only++)
        {
            Tensor[] inputs = [.. x.Select((t, i) =>
            {
                var copy = t.Detach();
                copy.RequiresGrad = i == only;
                return copy;
            })];
            Near(all[only], Autograd.Gradients(Apply(op, inputs), [inputs[only]], grad)[0], 1e-12);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Bits_do_not_depend_on_the_number_of_threads(string name)
    {
        float[][] Bits(int threads)
        {
            using var count = new ThreadCount(threads);
            var (op, x, grad) = Of(name, DType.Float32);
            var y = Apply(op, x);
            return [y.ToArray<float>(), .. Autograd.Gradients(y, x.AsSpan(0, 3), grad).Select(t => t.ToArray<float>())];
        }
        var one = Bits(1);
        foreach (int threads in (int[])[2, 3]) foreach (var (a, b) in one.Zip(Bits(threads))) Assert.Equal(a, b);
    }

    /// <summary>Heads that are views of [n, length, heads, features] are read where they are, and what comes of them lies in memory in the same way.</summary>
    [Fact]
    public void Heads_are_read_and_written_through_strides()
    {
        var whole = Random(1, DType.Float32, 2, 9, 3 * 4 * 6);
        Tensor[] parts = [.. new PartsOp(2, [24, 24, 24]).Apply(whole).Select(p => p.Reshape(2, 9, 4, 6).Transpose(1, 2))];
        var y = parts[0].ScaledDotProductAttention(parts[1], parts[2], causal: true);
        Assert.True(y.Transpose(1, 2).Layout.IsContiguous);
        Tensor[] apart = [.. parts.Select(p => p.Detach().Contiguous())];
        Assert.Equal(apart[0].ScaledDotProductAttention(apart[1], apart[2], causal: true).ToArray<float>(), y.ToArray<float>());
        var grad = Random(2, DType.Float32, 2, 4, 9, 6).Detach();
        y.Backward(grad);
        foreach (var t in apart) t.RequiresGrad = true;
        var expected = Autograd.Gradients(apart[0].ScaledDotProductAttention(apart[1], apart[2], causal: true), apart, grad);
        foreach (var (e, g) in expected.Zip(whole.Grad!.Chunk(3, 2))) Assert.Equal(e.Transpose(1, 2).Flatten(2).ToArray<float>(), g.ToArray<float>());
    }

    [Fact]
    public void Second_derivatives_and_those_of_a_mask_that_learns_are_right()
    {
        Tensor q = Random(1, DType.Float64, 2, 3, 2), k = Random(2, DType.Float64, 2, 4, 2), v = Random(3, DType.Float64, 2, 4, 2), bias = Random(4, DType.Float64, 3, 4);
        Autograd.GradGradCheck(t => [t[0].ScaledDotProductAttention(t[1], t[2])], [q, k, v]);
        Autograd.GradCheck(t => [t[0].ScaledDotProductAttention(t[1], t[2], t[3])], [q, k, v, bias]);
    }

    [Fact]
    public void Leading_sizes_broadcast_as_in_a_product()
    {
        Tensor q = Random(1, DType.Float64, 3, 2, 4, 5), k = Random(2, DType.Float64, 2, 6, 5), v = Random(3, DType.Float64, 3, 1, 6, 5);
        var y = q.ScaledDotProductAttention(k, v);
        var expected = (q / Math.Sqrt(5)).MatMul(k.Transpose(-2, -1)).Softmax(-1).MatMul(v);
        Near(expected, y, 1e-12);
        foreach (var (e, g) in Autograd.Gradients(expected.Sum(), [q, k, v]).Zip(Autograd.Gradients(y.Sum(), [q, k, v]))) Near(e, g, 1e-11);
        Assert.Throws<ShapeException>(() => q.ScaledDotProductAttention(k, v, enableGqa: true));
        Assert.Throws<ShapeException>(() => q.ScaledDotProductAttention(k, v, Tensor.Ones([5, 6], DType.Bool)));
        Assert.Throws<ArgumentException>(() => q.ScaledDotProductAttention(k.To(DType.Float32), v));
    }

    [Fact]
    public void Not_a_number_is_not_hidden_and_nothing_to_see_gives_zeros()
    {
        Tensor q = Random(1, DType.Float32, 2, 3, 4).Detach(), k = Random(2, DType.Float32, 2, 5, 4).Detach();
        q[0, 1, 2] = double.NaN;
        var y = q.ScaledDotProductAttention(k, k);
        Assert.All(y[0, 1].ToArray<float>(), v => Assert.True(float.IsNaN(v)));
        Assert.All(y[1].ToArray<float>(), v => Assert.True(float.IsFinite(v)));
        Assert.All(k.ScaledDotProductAttention(k[.., ..0], k[.., ..0]).ToArray<float>(), v => Assert.Equal(0, v));
        Assert.Equal([2, 0, 4], k[.., ..0].ScaledDotProductAttention(k, k).Shape);
    }

    static void Near(Tensor expected, Tensor got, double tolerance)
    {
        Assert.Equal(expected.Shape, got.Shape);
        double[] want = expected.ToArray<double>(), have = got.ToArray<double>();
        for (int i = 0; i < want.Length; i++) Assert.Equal(want[i], have[i], tolerance * Math.Max(1, Math.Abs(want[i])));
    }
}
