namespace Candeia.Tests;

/// <summary>An op that is the gradient of another computes what the ops mean from which its own derivative comes.</summary>
public class GradientOpTests
{
    public static TheoryData<string, DType> Cases
    {
        get
        {
            TheoryData<string, DType> cases = [];
            foreach (var row in GradientOpTable.Rows)
                foreach (var dtype in (DType[])[DType.Float64, DType.Float32]) cases.Add(row.Name, dtype);
            return cases;
        }
    }

    static readonly Func<Tensor, Tensor>[] s_memories =
    [
        x => x,
        x => x.Rank == 4 ? x.ChannelsLast() : x.Clone(),
        x => { int[] reverse = [.. Enumerable.Range(0, x.Rank).Reverse()]; return x.Permute(reverse).Contiguous().Permute(reverse); },
        x => Tensor.Stack([x, x * double.NaN], x.Rank).Select(x.Rank, 0),
    ];

    [Theory, MemberData(nameof(Cases))]
    public void The_kernel_computes_what_the_composition_means(string name, DType dtype)
    {
        var row = GradientOpTable.Rows.Single(r => r.Name == name);
        using var noGrad = Autograd.NoGrad();
        Wanted[] wishes = row.Chooses && row.Weighted ? [.. Enumerable.Range(1, 7).Select(w => (Wanted)w)] : [Wanted.Input];
        foreach (var memory in s_memories)
            foreach (var wanted in wishes)
            {
                var g = new Generator(7);
                Tensor[] inputs = row.Inputs([.. row.Shapes.Select(s => memory(Tensor.Randn(s, DType.Float64, g).To(dtype)))]);
                var op = row.Op(wanted);
                var got = row.Apply(op, inputs);
                var composed = op.Compose(inputs);
                if (row.Chooses) for (int i = 0; i < 3; i++) Assert.Equal(wanted.HasFlag((Wanted)(1 << i)), got[i] is not null);
                Tensor[] results = [.. got.OfType<Tensor>()];
                Assert.Equal(composed.Length, results.Length);
                for (int i = 0; i < results.Length; i++)
                {
                    Assert.Equal(composed[i].Shape, results[i].Shape);
                    Assert.Equal(dtype, results[i].DType);
                    double[] want = composed[i].ToArray<double>(), have = results[i].ToArray<double>();
                    double tolerance = (dtype == DType.Float64 ? 1e-10 : 2e-5) * Math.Max(1, want.Max(Math.Abs));
                    for (int k = 0; k < want.Length; k++)
                        Assert.True(Math.Abs(want[k] - have[k]) <= tolerance, $"{wanted}, {i}, [{k}]: {have[k]} instead of {want[k]}");
                }
            }
    }

    /// <summary>A gradient that nobody has a row for is not tested.</summary>
    [Fact]
    public void Every_gradient_op_has_its_row() => Assert.Empty(typeof(Op).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(GradientOp)) && !t.IsAbstract)
        .Except(GradientOpTable.Rows.Select(r => r.Op(Wanted.Input).GetType())).Select(t => t.Name));

    [Fact]
    public void A_device_that_does_not_know_a_gradient_composes_it_from_ops_that_it_knows()
    {
        var device = new ForeignDevice { Knows = op => op is not (GradientOp or UpdateOp) };
        float[][] Run(Device d)
        {
            var g = new Generator(3);
            Shape[] shapes = [[3, 2, 3, 3], [3], [3], [3], [4, 27], [4]];
            Tensor[] leaves = [.. shapes.Select(s => Tensor.Randn(s, generator: g).To(d).Detach())];
            foreach (var leaf in leaves) leaf.RequiresGrad = true;
            Tensor x = Tensor.Randn([2, 2, 8, 8], generator: g).To(d), target = Tensor.From([1L, 3]).To(d);
            var y = x.Conv2d(leaves[0], leaves[1]).Relu().AvgPool2d(2).BatchNorm(null, null, training: true, leaves[2], leaves[3]).Gelu();
            new CrossEntropyOp(-100).Apply(y.Flatten(1).Linear(leaves[4], leaves[5]), target).Mean().Backward();
            Tensor[] grads = [.. leaves.Select(l => l.Grad!)];
            using var noGrad = Autograd.NoGrad();
            new SgdStepOp(0.1).Apply(grads, leaves);
            return [.. grads.Concat(leaves).Select(t => t.ToArray<float>())];
        }
        float[][] here = Run(Device.Cpu), there = Run(device);
        Assert.Equal(0, device.Fallbacks);
        foreach (var (p, q) in here.Zip(there)) Assert.All(p.Zip(q), v => Assert.Equal(v.First, v.Second, 1e-4f));
    }

    /// <summary>Weight and bias are inputs 1 and 2; the gradient of the weight alone reads neither, that of x reads the weight.</summary>
    [Theory]
    [InlineData(1, false, true), InlineData(1, true, false), InlineData(2, false, true), InlineData(2, true, true)]
    public void What_a_gradient_does_not_read_may_be_written_in_between(int written, bool ofInput, bool allowed)
    {
        var g = new Generator(2);
        foreach (bool convolution in (bool[])[false, true])
            foreach (bool relu in (bool[])[false, true])
            {
                Tensor[] inputs = convolution
                    ? [Tensor.Randn([1, 2, 5, 5], generator: g), Tensor.Randn([3, 2, 3, 3], generator: g), Tensor.Randn([3], generator: g)]
                    : [Tensor.Randn([4, 2], generator: g), Tensor.Randn([3, 2], generator: g), Tensor.Randn([3], generator: g)];
                inputs[ofInput ? 0 : 1].RequiresGrad = true;
                var y = convolution ? inputs[0].Conv2d(inputs[1], inputs[2]) : inputs[0].Linear(inputs[1], inputs[2]);
                if (relu) y = y.Relu();
                y.Settle();
                using (Autograd.NoGrad()) inputs[written].Fill(7);
                if (allowed) y.Sum().Backward();
                else Assert.Contains("written in place", Assert.Throws<InvalidOperationException>(() => y.Sum().Backward()).Message,
                    StringComparison.Ordinal);
            }
    }
}
