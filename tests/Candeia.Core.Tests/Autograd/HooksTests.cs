namespace Candeia.Tests;

public class HooksTests
{
    static Tensor Leaf(params double[] values)
    {
        var x = Tensor.From(values);
        x.RequiresGrad = true;
        return x;
    }

    [Fact]
    public void A_hook_sees_and_replaces_the_gradient_of_a_leaf_and_of_a_result()
    {
        var x = Leaf(1, 2);
        var y = x * 3;
        List<double> seen = [];
        using var watch = y.RegisterHook(g => { seen.AddRange(g.ToArray<double>()); return null; });
        using var twice = y.RegisterHook(g => g * 2);
        using var more = x.RegisterHook(g => g + 1);
        (y * y).Sum().Backward();                                            // 2y = [6, 12]
        Assert.Equal([6.0, 12], seen);
        Assert.Equal([6 * 2 * 3 + 1.0, 12 * 2 * 3 + 1], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void A_hook_that_was_removed_is_not_called()
    {
        var x = Leaf(1);
        int calls = 0;
        var hook = x.RegisterHook(_ => { calls++; return null; });
        (x * 2).Sum().Backward();
        hook.Dispose();
        (x * 2).Sum().Backward();
        Assert.Equal(1, calls);
    }

    [Fact]
    public void A_hook_is_called_once_with_the_whole_gradient()
    {
        var x = Leaf(1);
        List<double> seen = [];
        using var hook = x.RegisterHook(g => { seen.Add((double)g); return null; });
        (x * 2 + x * 5).Sum().Backward();
        Assert.Equal([7.0], seen);
        Assert.Equal(7, (double)Autograd.Gradients((x * 3 + x * 4).Sum(), [x])[0]);
        Assert.Equal([7.0, 7], seen);
    }

    [Fact]
    public void Another_shape_is_refused()
    {
        var x = Leaf(1, 2);
        using var hook = x.RegisterHook(g => g.Sum());
        Assert.Contains("[2]", Assert.Throws<ShapeException>(() => x.Sum().Backward()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Tensor.Ones([1]).RegisterHook(g => g));
    }

    [Fact]
    public void A_leaf_is_told_as_soon_as_its_gradient_is_complete()
    {
        Tensor first = Leaf(1, 2), middle = Leaf(3, 4), last = Leaf(5, 6);
        List<string> order = [];
        foreach (var (leaf, name) in new[] { (first, "first"), (middle, "middle"), (last, "last") })
            leaf.RegisterPostAccumulateGradHook(t => order.Add($"{name} {t.Grad!.ToArray<double>()[0]}"));
        var h = first * 2;
        using var passed = h.RegisterHook(_ => { order.Add("h"); return null; });
        ((h * middle + middle) * last).Sum().Backward();                     // middle is used twice
        Assert.Equal(["last 9", "middle 15", "h", "first 30"], order);
    }

    [Fact]
    public void A_leaf_is_told_also_where_ops_are_done_in_one_pass()
    {
        var g = new Generator(2);
        Tensor x = Tensor.Randn([1, 2, 8, 8], generator: g), w = Tensor.Randn([3, 2, 3, 3], generator: g), b = Tensor.Zeros([3]);
        w.RequiresGrad = b.RequiresGrad = true;
        int told = 0;
        using var one = w.RegisterPostAccumulateGradHook(_ => told++);
        using var two = b.RegisterPostAccumulateGradHook(_ => told++);
        x.Conv2d(w, b).Relu().MaxPool2d(2).Sum().Backward();
        Assert.Equal(2, told);
    }

    [Fact]
    public void A_checkpoint_gives_the_same_gradients_and_keeps_less()
    {
        var g = new Generator(9);
        Tensor x = Tensor.Randn([4, 6], DType.Float64, g), w = Tensor.Randn([6, 6], DType.Float64, g), v = Tensor.Randn([6, 6], DType.Float64, g);
        x.RequiresGrad = w.RequiresGrad = v.RequiresGrad = true;
        int calls = 0;
        Tensor Block(Tensor h)
        {
            calls++;
            return h.MatMul(w).Tanh().Dropout(0.5, training: true).MatMul(v).Exp();
        }
        double[][] Gradients(bool saving, bool byName)
        {
            foreach (var t in new[] { x, w, v }) t.Grad = null;
            using var numbers = Generator.Use(new(5));
            var h = x * 2;
            var y = saving ? Autograd.Checkpoint(Block, Autograd.Checkpoint(Block, h)) : Block(Block(h));
            var loss = y.Log().Sum() + (w * w).Sum();
            if (byName) return [.. Autograd.Gradients(loss, [x, w, v]).Select(t => t.ToArray<double>())];
            loss.Backward();
            return [x.Grad!.ToArray<double>(), w.Grad!.ToArray<double>(), v.Grad!.ToArray<double>()];
        }
        foreach (bool byName in (bool[])[false, true])
        {
            var plain = Gradients(saving: false, byName);
            calls = 0;
            var saving = Gradients(saving: true, byName);
            Assert.Equal(4, calls);
            for (int i = 0; i < 3; i++) Assert.All(plain[i].Zip(saving[i]), p => Assert.Equal(p.First, p.Second, 1e-10));
        }
    }

    [Fact]
    public void Second_derivatives_go_through_a_checkpoint()
    {
        var x = Leaf(0.3, 0.7);
        Autograd.GradGradCheck(t => [Autograd.Checkpoint(h => h.Exp().Sin() * h, t[0])], [x]);
    }

    [Fact]
    public void Gradients_of_several_outputs_add_up()
    {
        Tensor x = Leaf(1, 2), w = Leaf(3, 4);
        var gradients = Autograd.Gradients([(x * w).Sum(), x.Square()], [x, w], [null, Tensor.From([1.0, 10])]);
        Assert.Equal([3 + 2.0, 4 + 40], gradients[0].ToArray<double>());
        Assert.Equal([1.0, 2], gradients[1].ToArray<double>());
    }

    /// <summary>A derivative that is wrong on purpose.</summary>
    sealed record WrongOp : Op
    {
        protected internal override Tensor?[] Backward(Node node, Tensor grad) => [grad * 1.1];

        public Tensor Apply(Tensor x) => Run(x.Shape, x.DType, x);

        protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => CopyOp.Into(outputs[0], x[0]);
    }

    [Fact]
    public void A_wrong_derivative_is_found()
    {
        var x = Leaf(1, 2);
        Autograd.GradCheck(t => [t[0].Exp(), t[0] * t[1]], [x, Leaf(3, 4)]);
        Autograd.GradGradCheck(t => [t[0].Exp() * t[1]], [x, Leaf(3, 4)]);
        Assert.Contains("element 0 of input 0", Assert.Throws<GradCheckException>(() => Autograd.GradCheck(t => [new WrongOp().Apply(t[0])], [x])).Message, StringComparison.Ordinal);
        Assert.Throws<GradCheckException>(() => Autograd.GradGradCheck(t => [new WrongOp().Apply(t[0]).Exp()], [x]));
    }

    [Fact]
    public void Results_of_several_outputs_have_gradients()
    {
        var x = Leaf(0.5, -1.5, 2);
        Autograd.GradGradCheck(t => new SinCosOp().Apply(t[0]), [x]);
        var both = new SinCosOp().Apply(x);
        both[1].Sum().Backward();                                            // one of the two alone
        Assert.All(x.Grad!.ToArray<double>().Zip([0.5, -1.5, 2.0]), p => Assert.Equal(-Math.Sin(p.Second), p.First, 1e-12));
    }

    sealed record SinCosOp : Op
    {
        protected internal override Keeps Keeps => Keeps.Inputs;

        protected internal override Tensor?[] Backward(Node node, ReadOnlySpan<Tensor?> grads)
        {
            Tensor? sin = grads[0] is { } s ? s * node.Inputs[0].Cos() : null, cos = grads[1] is { } c ? -c * node.Inputs[0].Sin() : null;
            return [sin is null ? cos : cos is null ? sin : sin + cos];
        }

        public Tensor[] Apply(Tensor x) => Run([new(x.Shape, x.DType), new(x.Shape, x.DType)], x);

        protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
        {
            CopyOp.Into(outputs[0], x[0].Sin());
            CopyOp.Into(outputs[1], x[0].Cos());
        }
    }
}
