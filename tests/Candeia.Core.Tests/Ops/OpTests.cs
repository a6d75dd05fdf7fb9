namespace Candeia.Tests;

/// <summary>What must hold of every op, whatever it computes. Values are held against PyTorch's in the golden tests.</summary>
public class OpTests
{
    public static TheoryData<string> Rows => [.. OpTable.Rows.Select(r => r.Name)];

    public static TheoryData<string> SmoothRows => [.. OpTable.Rows.Where(r => r.Smooth).Select(r => r.Name)];

    public static TheoryData<string> AnyShapeRows => [.. OpTable.Rows.Where(r => r.AnyShape).Select(r => r.Name)];

    static OpTable.Row Row(string name) => OpTable.Rows.Single(r => r.Name == name);

    static Tensor[] Inputs(OpTable.Row row, DType dtype, bool gradients = false) => OpInputs.Of(row, dtype, gradients);

    static Tensor Weighted(Tensor y) => (y.To(DType.Float64) * Tensor.From([.. Enumerable.Range(0, (int)y.Numel).Select(i => Math.Cos(i + 1.0))], y.Shape)).Sum();

    [Theory]
    [MemberData(nameof(SmoothRows))]
    public void Derivatives_equal_finite_differences(string name)
    {
        var row = Row(name);
        var inputs = Inputs(row, DType.Float64, gradients: true);
        var gradients = Autograd.Gradients(Weighted(row.Run(inputs)), inputs);
        const double h = 1e-6;
        for (int k = 0; k < inputs.Length; k++)
        {
            double[] got = gradients[k].ToArray<double>();
            for (int i = 0; i < got.Length; i++)
            {
                double At(double step)
                {
                    var moved = Array.ConvertAll(inputs, x => x.Detach().Clone());
                    moved[k].SetNumber(i, moved[k].GetNumber(i) + step);
                    return Weighted(row.Run(moved)).Item();
                }
                if (name == "relu gradient" && k == 1) continue;             // its second input is a condition
                double slope = (At(h) - At(-h)) / (2 * h);
                Assert.True(Math.Abs(slope - got[i]) <= 2e-5 * Math.Max(1, Math.Abs(slope)), $"input {k}, element {i}: {got[i]} instead of {slope}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Float32_equals_float64_to_rounding(string name)
    {
        var row = Row(name);
        double[] wide = row.Run(Inputs(row, DType.Float64)).ToArray<double>(), narrow = row.Run(Inputs(row, DType.Float32)).ToArray<double>();
        Assert.Equal(wide.Length, narrow.Length);
        for (int i = 0; i < wide.Length; i++) Assert.Equal(wide[i], narrow[i], 2e-5 * Math.Max(1, Math.Abs(wide[i])));
    }

    /// <summary>Rows are compositions, each step of which may round: what is asked for is a few roundings, not one; see NarrowTests for that.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void Half_precision_equals_float32_to_rounding(string name)
    {
        var row = Row(name);
        foreach (var dtype in new[] { DType.Float16, DType.BFloat16 })
        {
            var inputs = Inputs(row, dtype);
            double[] wide = row.Run(Array.ConvertAll(inputs, x => x.To(DType.Float32))).ToArray<double>(), narrow = row.Run(inputs).ToArray<double>();
            double eps = Finfo.Of(dtype).Eps, scale = Math.Max(1, wide.Select(Math.Abs).Max());
            for (int i = 0; i < wide.Length; i++) Assert.Equal(wide[i], narrow[i], 4 * eps * scale);
        }
    }

    [Theory]
    [MemberData(nameof(SmoothRows))]
    public void Gradients_of_half_precision_are_those_of_float32_to_rounding(string name)
    {
        var row = Row(name);
        foreach (var dtype in new[] { DType.Float16, DType.BFloat16 })
        {
            var inputs = Inputs(row, dtype);
            var wide = Array.ConvertAll(inputs, x => x.To(DType.Float32));
            foreach (var x in inputs.Concat(wide)) x.RequiresGrad = true;
            var narrow = Autograd.Gradients(Weighted(row.Run(inputs)), inputs);
            var expected = Autograd.Gradients(Weighted(row.Run(wide)), wide);
            for (int k = 0; k < inputs.Length; k++)
            {
                Assert.Equal(dtype, narrow[k].DType);
                double[] e = expected[k].ToArray<double>(), g = narrow[k].ToArray<double>();
                double scale = Math.Max(1, e.Select(Math.Abs).Max());
                for (int i = 0; i < e.Length; i++) Assert.Equal(e[i], g[i], 16 * Finfo.Of(dtype).Eps * scale);
            }
        }
    }

    /// <summary>Whole numbers give what the same numbers give in float64, or are refused in a sentence; none is read as something else.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void Whole_numbers_are_computed_with_or_refused(string name)
    {
        var row = Row(name);
        foreach (var dtype in new[] { DType.Int8, DType.Int16, DType.Int32, DType.Int64, DType.UInt8 })
        {
            if (dtype == DType.UInt8 && name is "neg" or "subtract" or "all" or "diff" or "trapezoid") continue;          // these wrap around
            int next = 0;
            Tensor[] inputs = [.. row.Shapes.Select(shape => Tensor.From([.. Enumerable.Range(0, (int)shape.Numel).Select(_ => 1.0 + next++ % 3)], shape).To(dtype))];
            double[] got;
            try { got = row.Run(inputs).ToArray<double>(); }
            catch (Exception e) when (e is ArgumentException and not ShapeException or NotSupportedException)
            {
                Assert.Contains("int", e.Message, StringComparison.OrdinalIgnoreCase);                      // it names the type
                continue;
            }
            double[] expected = row.Run(Array.ConvertAll(inputs, x => x.To(DType.Float64))).ToArray<double>();
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], got[i], 2e-5 * (double.IsFinite(expected[i]) ? Math.Max(1, Math.Abs(expected[i])) : 1));
        }
    }

    /// <summary>One number is computed as it is among many: by the same instructions, and not by the system's C library.</summary>
    [Theory]
    [InlineData("exp")]
    [InlineData("expm1")]
    [InlineData("log")]
    [InlineData("sqrt")]
    [InlineData("sin")]
    [InlineData("cos")]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    [InlineData("erf")]
    [InlineData("gelu")]
    [InlineData("silu")]
    public void Few_numbers_have_the_bits_that_they_have_among_many(string name)
    {
        var row = Row(name);
        foreach (var dtype in new[] { DType.Float32, DType.Float64 })
        {
            var x = Inputs(row, dtype)[0].Flatten();
            double[] many = row.Run([x]).ToArray<double>();
            foreach (int few in (int[])[1, 2, 3, 5])
                for (int i = 0; i + few <= many.Length; i += few)
                    Assert.Equal(many[i..(i + few)], row.Run([x[i..(i + few)].Clone()]).ToArray<double>());
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Strides_do_not_matter(string name)
    {
        var row = Row(name);
        var inputs = Inputs(row, DType.Float64);
        double[] expected = row.Run(inputs).ToArray<double>();
        foreach (var strided in new Func<Tensor, Tensor>[] { Transposed, Sliced, Reversed })
        {
            double[] got = row.Run(Array.ConvertAll(inputs, x => strided(x))).ToArray<double>();
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], got[i], 1e-12 * Math.Max(1, Math.Abs(expected[i])));
        }
    }

    /// <summary>The same values, with the dimensions in reverse order in memory.</summary>
    static Tensor Transposed(Tensor x)
    {
        int[] reverse = [.. Enumerable.Range(0, x.Rank).Reverse()];
        return x.Permute(reverse).Contiguous().Permute(reverse);
    }

    /// <summary>The same values, every second of a larger tensor, which begins later.</summary>
    static Tensor Sliced(Tensor x)
    {
        if (x.Rank == 0) return x;
        var wide = Tensor.Full(x.Shape.With(x.Rank - 1, 2 * x.Shape[^1] + 1), double.NaN, x.DType);
        var part = new SliceOp(x.Rank - 1, 1, x.Shape[^1], 2).Apply(wide);
        CopyOp.Into(part, x);
        return part;
    }

    /// <summary>The same values, from back to front in memory.</summary>
    static Tensor Reversed(Tensor x) => x.Rank == 0 ? x : new SliceOp(0, x.Shape[0] - 1, x.Shape[0], -1).Apply(x.Flip(0));

    [Theory]
    [MemberData(nameof(AnyShapeRows))]
    public void Numbers_and_nothing_are_tensors_too(string name)
    {
        var row = Row(name);
        foreach (var shape in new Shape[] { [], [0], [2, 0, 3] })
        {
            var inputs = row.Shapes.Select(_ => Tensor.Full(shape, row.Low + 0.7 * (row.High - row.Low), DType.Float64)).ToArray();
            foreach (var x in inputs) x.RequiresGrad = true;
            var y = row.Run(inputs);
            Assert.Equal(shape, y.Shape);
            if (!row.Smooth) continue;
            y.Sum().Backward();
            Assert.All(inputs.Take(name == "relu gradient" ? 1 : 2), x => Assert.Equal(shape, x.Grad!.Shape));
        }
    }

    [Theory]
    [MemberData(nameof(SmoothRows))]
    public void Backward_reads_nothing_but_what_the_op_declares(string name)
    {
        var row = Row(name);
        double[][] Gradients(bool poison)
        {
            var inputs = Inputs(row, DType.Float64, gradients: true);
            var y = Weighted(row.Run(inputs));
            if (poison) Poison(y);
            return [.. Autograd.Gradients(y, inputs).Select(g => g.ToArray<double>())];
        }
        Assert.Equal(Gradients(poison: false), Gradients(poison: true));
    }

    /// <summary>Overwrites, behind autograd's back, all memory in the graph that no node has declared to read again.</summary>
    static void Poison(Tensor root)
    {
        HashSet<Tensor> seen = [];
        HashSet<Storage> kept = [], all = [];
        Stack<Tensor> open = new([root]);
        while (open.TryPop(out var t))
        {
            if (!seen.Add(t) || t.Node is not { } node) continue;
            if (!t.IsPending) all.Add(t.Storage);
            foreach (var n in new[] { node, node.Fused })
            {
                if (n is null) continue;
                if (n.Op.Keeps.HasFlag(Keeps.Output) && !t.IsPending) kept.Add(t.Storage);
                for (int i = 0; i < n.Inputs.Length; i++)
                {
                    var x = n.Inputs[i];
                    open.Push(x);
                    if (x.IsPending) continue;
                    all.Add(x.Storage);
                    if (n.Op.Keeps.HasFlag(Keeps.Inputs) && n.Op.KeepsInput(n, i)) kept.Add(x.Storage);
                }
            }
        }
        foreach (var storage in all.Except(kept).OfType<HostStorage>())
            unsafe { new Span<double>((void*)storage.Address, (int)(storage.Bytes / 8)).Fill(double.NaN); }
    }

    /// <summary>All rows but the one whose op carries a function of the program, which equals itself alone.</summary>
    public static TheoryData<string> ValueRows => [.. OpTable.Rows.Select(r => r.Name).Where(name => name != "checkpoint")];

    /// <summary>An op is a value: two with the same parameters are equal, as a cache or a file of ops needs it, and say what they are.</summary>
    [Theory]
    [MemberData(nameof(ValueRows))]
    public void Ops_are_values(string name)
    {
        var row = Row(name);
        List<Op> one = Applied(), other = Applied();
        Assert.Equal(one, other);
        foreach (var (a, b) in one.Zip(other))
        {
            Assert.Equal(a.GetHashCode(), b.GetHashCode());
            Assert.DoesNotMatch(@"System\.|Candeia\.|\[\]\)", a.ToString());
        }

        List<Op> Applied()
        {
            List<Op> ops = [];
            HashSet<Tensor> seen = [];
            Stack<Tensor> open = new([row.Run(Inputs(row, DType.Float64, gradients: true))]);
            while (open.TryPop(out var t))
            {
                if (!seen.Add(t) || t.Node is not { } node) continue;
                ops.Add(node.Op);
                if (node.Fused is { } fused) ops.Add(fused.Op);
                foreach (var x in node.Inputs) open.Push(x);
            }
            return ops;
        }
    }

    /// <summary>An op without a line in the table is not tested.</summary>
    [Fact]
    public void Every_op_has_its_line()
    {
        HashSet<Type> used = [];
        foreach (var row in OpTable.Rows)
        {
            Stack<Tensor> open = new([row.Run(Inputs(row, DType.Float64, gradients: true))]);
            HashSet<Tensor> seen = [];
            while (open.TryPop(out var t))
            {
                if (!seen.Add(t) || t.Node is not { } node) continue;
                used.Add(node.Op.GetType());
                if (node.Fused is { } fused) used.Add(fused.Op.GetType());
                foreach (var x in node.Inputs) open.Push(x);
            }
        }
        Type[] withoutInputs = [typeof(CopyIntoOp), typeof(ArangeOp), typeof(LinspaceOp), typeof(EyeOp), typeof(ScaleIntoOp)];   // DrawingTests of the devices
        withoutInputs = [.. withoutInputs, typeof(LuPermutationOp), typeof(AiryAiOp), typeof(GammaPathOp), typeof(GammaSlopeOp), typeof(GeqrfOp), typeof(LdlFactorOp)];   // of whole numbers, without a derivative; DrawnDistributionTests
        Type[] families = [typeof(ComparisonForm), typeof(TestOp), typeof(WholeBinaryOp), typeof(UpdateOp), typeof(RandomOp), typeof(DrawnOp)];
        Type[] withoutGradient = [.. withoutInputs, typeof(ArgMaxOp), typeof(CountNonZeroOp), typeof(NonZeroOp), typeof(HeavisideOp), typeof(NextAfterOp), typeof(ExponentOp), typeof(HistcOp), typeof(BinCountOp), typeof(SearchSortedOp), typeof(RowOrderOp), typeof(ChannelMomentsOp), typeof(WindowPlacesOp), typeof(BitwiseNotOp),
            typeof(QuantizedLinearOp), typeof(QuantizedConv2dOp),                 // QuantizedLayerTests
            .. typeof(Op).Assembly.GetTypes().Where(t => Array.Exists(families, t.IsSubclassOf))];
        Type[] onlyInBackward = [typeof(MaxPool2dGradientOp)];                // a second derivative, as in AbsorptionTests
        var missing = typeof(Op).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Op)) && !t.IsAbstract).Except(used).Except(withoutGradient).Except(onlyInBackward);
        Assert.Empty(missing.Select(t => t.Name));
    }
}
