namespace Candeia.Tests;

/// <summary>Chains of point-wise ops: the bits are those of the ops one by one, whatever is read, written, kept or given back meanwhile.</summary>
[Collection(nameof(Alone))]
public sealed class ChainTests : IDisposable
{
    const int Rows = 300, Columns = 257;                                     // in no whole number of blocks

    readonly ChainLength _length = ChainLength.From(1 << 15);

    static readonly Dictionary<string, Func<Tensor, Tensor, Tensor, Tensor>> s_chains = new()
    {
        ["gelu"] = (x, y, b) => 0.5 * x * (1 + (x / Math.Sqrt(2)).Erf()),
        ["gelu, tanh"] = (x, y, b) => 0.5 * x * (1 + (0.8 * (x + 0.044715 * x * x * x)).Tanh()),
        ["swish"] = (x, y, b) => x * x.Sigmoid(),
        ["residual and scale"] = (x, y, b) => y + x * b,
        ["softmax"] = (x, y, b) => { var e = (x - x.Amax([-1], keepDim: true).Detach()).Exp(); return e / e.Sum([-1], keepDim: true); },
        ["layer norm"] = (x, y, b) => { var d = x - x.Mean([-1], keepDim: true); return d * ((d * d).Mean([-1], keepDim: true) + 1e-5).Rsqrt() * b + b; },
        ["masks"] = (x, y, b) => (x > y).Where(x * 2, y - b).Clamp(-1, 1) + (x < 0).To(x.DType),
        ["columns"] = (x, y, b) => x * y.Narrow(1, 0, 1) + y.T().Contiguous().T() * b,
        ["every second"] = (x, y, b) => (x[.., TensorIndex.Every(2)] * 3 + y[.., TensorIndex.Every(2)]).Exp(),
        ["many"] = (x, y, b) => { var z = x; for (int i = 0; i < 40; i++) z = z * 0.9 + y * b; return z; },
        ["squares"] = (x, y, b) => { var z = x * 0.5; for (int i = 0; i < 12; i++) z = z * z + 0.1; return z; },
        ["sum of all"] = (x, y, b) => x * (x - y).Square().Mean(),
        ["sums of columns"] = (x, y, b) => (x * y - b).Sum([0]) + x,
        ["activations"] = (x, y, b) => x.LeakyRelu() + y.Elu() * x.Silu() - y.Gelu() * x.Relu(),
    };

    public static TheoryData<string, DType> Cases
    {
        get
        {
            TheoryData<string, DType> cases = [];
            foreach (string name in s_chains.Keys) foreach (var dtype in (DType[])[DType.Float32, DType.Float64, DType.BFloat16, DType.Float16]) cases.Add(name, dtype);
            return cases;
        }
    }

    public void Dispose() => _length.Dispose();

    static Tensor[] Leaves(DType dtype)
    {
        var g = new Generator(3);
        Tensor[] leaves = [.. new Shape[] { [Rows, Columns], [Rows, Columns], [Columns] }.Select(s => Tensor.Randn(s, DType.Float64, g).To(dtype).Detach())];
        foreach (var leaf in leaves) leaf.RequiresGrad = true;
        return leaves;
    }

    static double[][] Run(Func<Tensor, Tensor, Tensor, Tensor> chain, DType dtype, bool chained, bool createGraph = false)
    {
        using var way = Absorption.Allow(chained);
        var leaves = Leaves(dtype);
        var (x, y, b) = (leaves[0], leaves[1], chain == s_chains["every second"] ? leaves[2][..((Columns + 1) / 2)] : leaves[2]);
        var z = chain(x, y, b);
        (z * z).Sum().Backward(createGraph: createGraph);
        return [z.ToArray<double>(), .. leaves.Select(l => l.Grad?.ToArray<double>() ?? [])];
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_gradients_have_the_bits_of_the_ops_one_by_one(string name, DType dtype)
    {
        Assert.Equal(Run(s_chains[name], dtype, chained: false), Run(s_chains[name], dtype, chained: true));
        Assert.Equal(Run(s_chains[name], dtype, chained: false, createGraph: true), Run(s_chains[name], dtype, chained: true, createGraph: true));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_bit_depends_on_threads_or_records(string name, DType dtype)
    {
        using var one = new ThreadCount(1);
        var expected = Run(s_chains[name], dtype, chained: true);
        using var two = new ThreadCount(2);
        Assert.Equal(expected, Run(s_chains[name], dtype, chained: true));
        using var noGrad = Autograd.NoGrad();
        var leaves = Leaves(dtype);
        var b = name == "every second" ? leaves[2][..((Columns + 1) / 2)] : leaves[2];
        Assert.Equal(expected[0], s_chains[name](leaves[0], leaves[1], b).ToArray<double>());
    }

    [Fact]
    public void Gradients_are_those_of_differences()
    {
        using var chained = ChainLength.From(1);
        foreach (string name in (string[])["gelu", "gelu, tanh", "swish", "residual and scale", "softmax", "layer norm", "sum of all", "sums of columns"])
        {
            var g = new Generator(4);
            Tensor[] leaves = [.. new Shape[] { [3, 5], [3, 5], [5] }.Select(s => Tensor.Randn(s, DType.Float64, g).Detach())];
            foreach (var leaf in leaves) leaf.RequiresGrad = true;
            double Loss(Tensor[] x) => (s_chains[name](x[0], x[1], x[2]) * Tensor.Linspace(1, 2, 15, DType.Float64).Reshape(3, 5)).Sum().Item();
            (s_chains[name](leaves[0], leaves[1], leaves[2]) * Tensor.Linspace(1, 2, 15, DType.Float64).Reshape(3, 5)).Sum().Backward();
            for (int k = 0; k < leaves.Length; k++)
            {
                if (leaves[k].Grad is not { } gradient) continue;
                double[] got = gradient.ToArray<double>();
                for (int i = 0; i < got.Length; i++)
                {
                    double At(double h)
                    {
                        Tensor[] moved = [.. leaves.Select(l => l.Detach().Clone())];
                        moved[k].SetNumber(i, moved[k].GetNumber(i) + h);
                        return Loss(moved);
                    }
                    double slope = (At(1e-6) - At(-1e-6)) / 2e-6;
                    Assert.True(Math.Abs(slope - got[i]) <= 1e-6 * Math.Max(1, Math.Abs(slope)), $"{name}: leaf {k}, element {i}: {got[i]} instead of {slope}");
                }
            }
        }
    }

    static Tensor Some(ulong seed = 1) => Tensor.Randn([Rows, Columns], generator: new Generator(seed));

    /// <summary>What somebody still holds has the values of the moment when its op was applied.</summary>
    [Fact]
    public void What_is_written_in_place_does_not_change_what_waits()
    {
        Tensor x = Some(), b = Tensor.Randn([Columns], generator: new Generator(2));
        var (doubled, shifted) = ((x.Detach().Clone() * 2).ToArray<float>(), (x.Detach().Clone() * 2 + b.Clone()).ToArray<float>());
        Tensor h = x * 2, y = h + b;
        b.Fill(0);                                                           // small: what waits takes a copy along
        x[..] += 1;
        Assert.Equal(shifted, y.ToArray<float>());
        Assert.Equal(doubled, h.ToArray<float>());
        h = x * 2;
        y = h + b;
        float[] settled = y.ToArray<float>();                                // h stays behind
        x.Write((Span<float> values) => values.Clear());
        b.Fill(9);
        Assert.Equal(settled, h.ToArray<float>());
        Assert.Equal(settled, y.ToArray<float>());
    }

    [Fact]
    public void Another_thread_may_write_what_a_chain_reads()
    {
        var x = Some();
        float[] expected = (x.Clone() * 3 - 1).ToArray<float>();
        Tensor h = x * 3, y = h - 1;
        var thread = new Thread(() => x.Fill(0));
        thread.Start();
        thread.Join();
        Assert.Equal(expected, y.ToArray<float>());
        Assert.Equal([.. expected.Select(v => v + 1)], h.ToArray<float>().Select(v => v), (p, q) => Math.Abs(p - q) < 1e-5);
    }

    [Fact]
    public void What_is_written_with_the_result_of_a_chain_is_read_before()
    {
        foreach (bool holds in (bool[])[false, true])
        {
            (float[] M, float[] P, float[] Part, float[] Half) Steps(bool chained)
            {
                using var way = Absorption.Allow(chained);
                Tensor p = Some(1), m = Some(2), g = Some(3), part = null!, half = null!;
                for (int i = 0; i < 3; i++)
                {
                    part = m * 0.9;
                    m[..] = part + g * 0.1;
                    half = p - 0.1 * m / (m.Square().Sqrt() + 1e-3);
                    p[..] = half;
                    if (holds) (part, half) = (part + 1, half * p);
                    g[..] *= m;
                    p[1..5] = p[2..6] * 2;                                   // memory that overlaps
                    p[..] = p.Flip(0) + 1;
                }
                return (m.ToArray<float>(), p.ToArray<float>(), part.ToArray<float>(), half.ToArray<float>());
            }
            Assert.Equal(Steps(chained: false), Steps(chained: true), (a, b) => a.M.SequenceEqual(b.M) && a.P.SequenceEqual(b.P) && a.Part.SequenceEqual(b.Part) && a.Half.SequenceEqual(b.Half));
        }
    }

    [Fact]
    public void A_view_of_what_waits_and_of_what_it_reads_is_right()
    {
        var x = Some();
        Tensor rows = x[..150], y = rows * 2;
        x[..10] = 7;
        Assert.Equal((rows.Clone()[10..] * 2).ToArray<float>(), y[10..].ToArray<float>());
        Assert.NotEqual(14, y[0, 0].Item());
    }

    [Fact]
    public void What_waits_outlives_the_scope_of_what_it_reads()
    {
        var x = Some();
        float[] expected = (x.Clone() * 2).ToArray<float>();
        var y = x * 2;                                                       // belongs to no scope
        using (var scope = Scope.Begin()) scope.Adopt(x);
        Assert.Equal(expected, y.ToArray<float>());
        Tensor inner, kept;
        using (Scope.Begin())
        {
            var z = Some(2) * 3;
            kept = (z + 1).Keep();
            inner = z - 1;
        }
        Assert.Throws<ObjectDisposedException>(() => inner.ToArray<float>());
        Assert.Equal(((Some(2) * 3) + 1).ToArray<float>(), kept.ToArray<float>());
    }

    [Fact]
    public void After_a_backward_pass_what_lay_between_can_still_be_read()
    {
        var x = Some();
        x.RequiresGrad = true;
        Tensor h = x * 2, s = h.Sigmoid(), y = s * h;
        y.Sum().Backward();
        Assert.Equal((x.Detach() * 2).ToArray<float>(), h.ToArray<float>());
        Assert.Equal((x.Detach() * 2).Sigmoid().ToArray<float>(), s.ToArray<float>());
    }

    [Fact]
    public void A_result_without_a_record_is_a_leaf()
    {
        var x = Some() * 2;
        Assert.True(x.IsLeaf);
        x.RequiresGrad = true;
        (x * x).Sum().Backward();
        Assert.Equal((x.Detach() * 2).ToArray<float>(), x.Grad!.ToArray<float>());
    }

    /// <summary>Nothing of what other tests have left comes back while bytes are counted.</summary>
    static void Collect()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    [Fact]
    public void Ops_wait_from_as_many_elements_on_as_the_tests_say()
    {
        _length.Dispose();
        Assert.Equal(ChainLength.Usual, Chain.Least);
    }

    /// <summary>What nobody reads takes no memory: not while it waits, and not when what follows has been computed.</summary>
    [Fact]
    public void What_lies_between_is_never_stored()
    {
        Collect();
        using var scope = Scope.Begin();
        Tensor x = Some(), r;
        long before = MemoryPool.BytesInUse, size = x.Numel * sizeof(float);
        var y = 0.5 * x * (1 + (x / Math.Sqrt(2)).Erf());
        Assert.InRange(MemoryPool.BytesInUse - before, 0, size / 2);
        y.Settle();
        Assert.InRange(MemoryPool.BytesInUse - before, size, size * 3 / 2);
        using (Autograd.NoGrad()) r = (x - y).Square().Sum([-1]).Settle();
        Assert.InRange(MemoryPool.BytesInUse - before, size, size * 3 / 2);
        using (Absorption.Allow(false)) y = 0.5 * x * (1 + (x / Math.Sqrt(2)).Erf());
        Assert.InRange(MemoryPool.BytesInUse - before, size * 5, long.MaxValue);
    }

    /// <summary>In training only what is costly is stored for the backward pass, and the pass stores gradients of leaves alone.</summary>
    [Fact]
    public void Training_stores_what_is_costly()
    {
        Collect();
        using var scope = Scope.Begin();
        var x = Some();
        x.RequiresGrad = true;
        long before = MemoryPool.BytesInUse, size = x.Numel * sizeof(float);
        var y = (0.5 * x * (1 + (x / Math.Sqrt(2)).Erf())).Settle();
        Assert.InRange(MemoryPool.BytesInUse - before, size, size * 5 / 2);
        y.Backward(y.Detach());
        Assert.InRange(MemoryPool.BytesInUse - before, size, size * 7 / 2);
    }

    [Fact]
    public void Few_results_of_a_thread_wait_at_once()
    {
        List<Tensor> all = [];
        for (int i = 0; i < 10; i++) all.Add(Some() * i);
        Assert.Equal(4, all.Count(t => t.IsPending));
        Device.Cpu.Synchronize();
        Assert.Equal(0, all.Count(t => t.IsPending));
    }

    [Fact]
    public void Errors_are_thrown_where_the_op_is_applied()
    {
        var x = Some() * 2;
        Assert.Throws<ShapeException>(() => x + Tensor.Ones([Rows, 2]));
        Assert.Throws<ArgumentException>(() => x.Where(x, x));
        Tensor gone;
        using (Scope.Begin()) gone = Some();
        Assert.Throws<ObjectDisposedException>(() => gone * 2);
    }
}
