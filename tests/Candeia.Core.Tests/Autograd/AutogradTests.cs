namespace Candeia.Tests;

public class AutogradTests
{
    [Fact]
    public void A_matrix_literal_multiplies_and_differentiates()
    {
        Tensor m = [[1f, 2f], [3f, 4f]];
        m.RequiresGrad = true;
        var y = (m.MatMul(m) * 2).Sum();
        Assert.Equal(2f * (7 + 10 + 15 + 22), (float)y);
        y.Backward();
        Assert.Equal([14f, 22f, 18f, 26f], m.Grad!.ToArray<float>());        // 2·(1·Mᵀ + Mᵀ·1)
    }

    [Fact]
    public void Broadcasting_sums_gradients_back()
    {
        var a = Tensor.Ones([3, 1]);
        var b = Tensor.Arange(0, 4, dtype: DType.Float32);
        a.RequiresGrad = b.RequiresGrad = true;
        (a * b).Sum().Backward();
        Assert.Equal([6f, 6f, 6f], a.Grad!.ToArray<float>());
        Assert.Equal([3f, 3f, 3f, 3f], b.Grad!.ToArray<float>());
        Assert.Equal([3, 1], a.Grad.Shape);
    }

    [Fact]
    public void Several_outputs_go_backward_at_once()
    {
        Tensor x = Tensor.From([2.0, 3]), other = Tensor.From([5.0, 7]);
        x.RequiresGrad = other.RequiresGrad = true;
        Tensor square = x * x, product = (x * other).Sum();
        Autograd.Backward([square, product], [Tensor.From([1.0, 10]), null], retainGraph: true);
        Assert.Equal([4.0 + 5, 60 + 7], x.Grad!.ToArray<double>());
        Assert.Equal([2.0, 3], other.Grad!.ToArray<double>());
        Autograd.Backward([square, product], [Tensor.From([1.0, 10]), null]);
        Assert.Equal([2 * (4.0 + 5), 2 * (60 + 7)], x.Grad.ToArray<double>());             // gradients add up
        Assert.Throws<InvalidOperationException>(() => Autograd.Backward([product]));      // what it needs has been given back
        Assert.Throws<ShapeException>(() => Autograd.Backward([x * x]));
        Assert.Throws<InvalidOperationException>(() => Autograd.Backward([Tensor.Ones([])]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Only_the_inputs_that_are_named_get_gradients(bool createGraph)
    {
        Tensor x = Tensor.From([2.0, 3]), other = Tensor.From([5.0, 7]), unused = Tensor.From([1.0]);
        x.RequiresGrad = other.RequiresGrad = unused.RequiresGrad = true;
        var middle = x * other;
        for (int pass = 1; pass <= 2; pass++)
        {
            Autograd.Backward([(middle * middle).Sum()], inputs: [x, middle, unused], createGraph: createGraph, retainGraph: true);
            Assert.Equal([pass * 100.0, pass * 294], x.Grad!.ToArray<double>());            // 2·x·other²
            Assert.Equal([pass * 20.0, pass * 42], middle.Grad!.ToArray<double>());
        }
        Assert.Null(other.Grad);
        Assert.Null(unused.Grad);
        Assert.Equal(createGraph, x.Grad!.RequiresGrad);
        Assert.Throws<InvalidOperationException>(() => Autograd.Backward([middle.Sum()], inputs: [Tensor.Ones([])]));
    }

    [Fact]
    public void Second_derivatives_go_through_the_same_graph()
    {
        Tensor x = Tensor.From([2.0, -1.0]);
        x.RequiresGrad = true;
        var y = (x * x * x).Sum();
        var dx = Autograd.Gradients(y, [x], createGraph: true)[0];
        Assert.Equal([12.0, 3.0], dx.ToArray<double>());
        Assert.Equal([12.0, -6.0], Autograd.Gradients(dx.Sum(), [x])[0].ToArray<double>());
    }

    [Fact]
    public void A_value_written_after_use_is_refused()
    {
        var x = Tensor.Ones([2]);
        x.RequiresGrad = true;
        var h = x.Exp();
        var y = (h * h).Sum();
        using (Autograd.NoGrad()) h.Fill(3);
        Assert.Contains("written in place", Assert.Throws<InvalidOperationException>(() => y.Backward()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_outlive_the_scope_of_their_step()
    {
        var x = Tensor.Ones([2]);
        x.RequiresGrad = true;
        Tensor y;
        for (int step = 1; step <= 2; step++)
        {
            using var scope = Scope.Begin();
            y = (x * 3).Sum();
            y.Backward();
        }
        Assert.Equal([6f, 6f], x.Grad!.ToArray<float>());
    }

    [Fact]
    public void A_tensor_used_after_its_scope_throws()
    {
        Tensor y;
        using (Scope.Begin()) y = Tensor.Ones([2]) + 1;
        Assert.Throws<ObjectDisposedException>(() => y.ToArray<float>());
        using (Scope.Begin()) y = (Tensor.Ones([2]) + 1).Keep();
        Assert.Equal([2f, 2f], y.ToArray<float>());
    }

    [Fact]
    public void Strided_views_compute_and_differentiate()
    {
        var x = Tensor.Arange(0, 12, dtype: DType.Float64).Reshape(3, 4);
        x.RequiresGrad = true;
        var y = x.T().Narrow(0, 1, 2).Relu();                                // [2, 3]
        Assert.Equal([1.0, 5, 9, 2, 6, 10], y.ToArray<double>());
        (y * y).Sum().Backward();
        Assert.Equal([0.0, 2, 4, 0, 0, 10, 12, 0, 0, 18, 20, 0], x.Grad!.ToArray<double>());
        Assert.Equal([6.0, 22, 38], x.Sum(1).ToArray<double>());
        Assert.Equal([12.0, 15, 18, 21], x.T().Sum(1).ToArray<double>());
    }

    [Fact]
    public void A_gradient_that_is_assigned_has_shape_type_and_device_of_its_tensor()
    {
        var p = Tensor.Zeros([4]);
        p.RequiresGrad = true;
        Assert.Contains("[4]", Assert.Throws<ShapeException>(() => p.Grad = Tensor.Ones([1])).Message, StringComparison.Ordinal);
        Assert.Contains("Float32", Assert.Throws<ArgumentException>(() => p.Grad = Tensor.Ones([4], DType.Float64)).Message, StringComparison.Ordinal);
        Assert.Contains("cpu", Assert.Throws<ArgumentException>(() => p.Grad = Tensor.Ones([4]).To(new ForeignDevice())).Message, StringComparison.Ordinal);
        Assert.Null(p.Grad);
        p.Grad = Tensor.Ones([4]);
        p.Grad = null;
    }

    [Fact]
    public void What_fails_while_it_waits_fails_for_its_reader_alone()
    {
        var y = new FailsLaterOp().Apply(Tensor.Ones([2]));
        Assert.Equal([1f, 1], Tensor.Ones([2]).ToArray<float>());
        Assert.Equal([2f, 2], (Tensor.Ones([2]) + 1).ToArray<float>());
        Assert.Throws<InvalidDataException>(() => y.ToArray<float>());
    }

    sealed record FailsLaterOp : Op
    {
        protected internal override bool Defers => true;

        public Tensor Apply(Tensor x) => Run(x.Shape, x.DType, x);

        protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => throw new InvalidDataException("later");
    }
}
