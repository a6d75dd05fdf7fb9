namespace Candeia.Tests;

/// <summary>What is written in place is recorded as PyTorch records it.</summary>
public class InPlaceTests
{
    static Tensor Leaf(params double[] values)
    {
        var x = Tensor.From(values);
        x.RequiresGrad = true;
        return x;
    }

    static double[] Gradient(Tensor y, Tensor x) => Autograd.Gradients(y, [x], retainGraph: true)[0].ToArray<double>();

    [Fact]
    public void A_mask_stops_gradients()
    {
        var x = Leaf(1, -2, 3);
        var y = x * 2;
        y[y < 0] = 0;
        Assert.Equal([2.0, 0, 6], y.ToArray<double>());
        Assert.Equal([4.0, 0, 12], Gradient((y * y / 2).Sum(), x));
    }

    [Fact]
    public void Compound_assignments_to_parts_are_in_place_verbs()
    {
        var x = Leaf(1, 2, 3);
        var y = x * 3;
        var part = y[1..];
        y[..] += 1;                                                          // 3x + 1
        part[..] *= x[..2];                                                  // (3x₁ + 1)x₀, (3x₂ + 1)x₁
        Assert.Equal([4.0, 7, 20], y.ToArray<double>());
        Assert.Equal([7.0, 20], part.ToArray<double>());
        Assert.Equal([3 + 7.0, 3 + 10, 6], Gradient(y.Sum(), x));
    }

    [Fact]
    public void Values_that_are_written_get_their_gradient()
    {
        Tensor v = Leaf(5), w = Leaf(1, 2);
        var y = Tensor.Zeros([2, 3], DType.Float64);
        y[0] = v;
        y[.., 2] = w;
        Assert.True(y.RequiresGrad);
        (y * Tensor.Arange(1, 7, dtype: DType.Float64).Reshape(2, 3)).Sum().Backward();
        Assert.Equal([1.0 + 2], v.Grad!.ToArray<double>());
        Assert.Equal([3.0, 6], w.Grad!.ToArray<double>());
    }

    [Fact]
    public void All_views_follow_the_tensor_and_the_tensor_follows_its_views()
    {
        var x = Leaf(1, 2, 3, 4);
        var y = (x * x).Reshape(2, 2);
        Tensor row = y[0], column = y[.., 1], deep = row[1..];
        deep[..] = column[1..] * 10;                                         // y₀₁ = 10x₃²
        Assert.Equal([1.0, 160], row.ToArray<double>());
        Assert.Equal([0.0, 0, 0, 80], Gradient(row[1], x));
        Assert.Equal([0.0, 0, 0, 88], Gradient(column.Sum(), x));
        Assert.Equal([2.0, 0, 6, 88], Gradient(y.Sum(), x));
    }

    [Fact]
    public void Reversed_transposed_and_strided_views_are_written_too()
    {
        var x = Leaf(1, 2, 3, 4, 5, 6);
        var y = (x + 0).Reshape(2, 3);
        y.T()[TensorIndex.Every(2)] *= 2;
        Assert.Equal([2.0, 2, 6, 8, 5, 12], y.ToArray<double>());
        Assert.Equal([2.0, 1, 2, 2, 1, 2], Gradient(y.Sum(), x));
    }

    [Fact]
    public void Positions_are_written_with_gradients()
    {
        Tensor x = Leaf(1, 2, 3), v = Leaf(7, 8);
        var y = x * 2;
        y[Tensor.From([2L, 0])] = v;
        Assert.Equal([8.0, 4, 7], y.ToArray<double>());
        var gradients = Autograd.Gradients((y * Tensor.From([1.0, 10, 100])).Sum(), [x, v]);
        Assert.Equal([0.0, 20, 0], gradients[0].ToArray<double>());
        Assert.Equal([100.0, 1], gradients[1].ToArray<double>());
    }

    [Fact]
    public void Second_derivatives_go_through_writes()
    {
        var x = Leaf(2, 3);
        var y = x * x;
        y[0] = x[1] * x[1] * x[1];                                           // Σ y = x₁³ + x₁²
        var slope = Autograd.Gradients(y.Sum(), [x], createGraph: true)[0];
        Assert.Equal([0.0, 27 + 6], slope.ToArray<double>());
        Assert.Equal([0.0, 18 + 2], Gradient(slope.Sum(), x));
    }

    [Fact]
    public void What_was_computed_before_keeps_its_gradient()
    {
        var x = Leaf(1, 2);
        var y = x * 3;
        var early = y + 1;                                                   // needs no values of y
        y.Fill(0);
        Assert.Equal([3.0, 3], Gradient(early.Sum(), x));
        Assert.Equal([0.0, 0], Gradient(y.Sum(), x));
    }

    [Fact]
    public void A_gradient_that_needs_the_old_values_is_refused()
    {
        var x = Leaf(1, 2);
        var y = x * 3;
        var square = y * y;
        y[0] = 0;
        var e = Assert.Throws<InvalidOperationException>(() => square.Sum().Backward());
        Assert.Contains("Clone() before writing", e.Message, StringComparison.Ordinal);
        var root = x.Exp();
        root[..] += 1;
        Assert.Throws<InvalidOperationException>(() => root.Sum().Backward());
    }

    [Fact]
    public void Leaves_and_their_views_are_refused_with_the_remedy()
    {
        var x = Leaf(1, 2);
        Assert.Contains("leaf that", Assert.Throws<InvalidOperationException>(() => x[0] = 1).Message, StringComparison.Ordinal);
        Assert.Contains("A leaf that", Assert.Throws<InvalidOperationException>(() => x.Fill(1)).Message, StringComparison.Ordinal);
        Assert.Contains("A view of a leaf that", Assert.Throws<InvalidOperationException>(() => x[..1].CopyFrom(x[1..])).Message, StringComparison.Ordinal);
        Assert.Contains("as a span", Assert.Throws<InvalidOperationException>(() => (x * 2).Write<double>(s => s[0] = 1)).Message, StringComparison.Ordinal);
        using var _ = Autograd.NoGrad();
        x[0] = 5;
        Assert.Equal([5.0, 2], x.ToArray<double>());
        Assert.True(x.IsLeaf);
    }

    [Fact]
    public void A_detached_tensor_shares_values_but_not_history()
    {
        var x = Leaf(1, 2);
        var y = x * 3;
        y.Detach()[0] = 9;
        Assert.Equal([9.0, 6], y.ToArray<double>());
        Assert.Equal([3.0, 3], Gradient(y.Sum(), x));
        var part = (x * 2).Detach()[1..];
        part[..] = x[..1];
        Assert.Equal([1.0, 0], Gradient(part.Sum(), x));
    }

    [Fact]
    public void The_gradient_of_a_result_is_that_of_its_last_values()
    {
        var x = Leaf(1, 2);
        var y = (x * 3).RetainGrad();
        y[..] *= 2;
        y.Sum().Backward();
        Assert.Equal([1.0, 1], y.Grad!.ToArray<double>());
        Assert.Equal([6.0, 6], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void What_waits_is_computed_from_the_old_values_first()
    {
        var g = new Generator(3);
        Tensor x = Tensor.Randn([1, 2, 6, 6], DType.Float64, g), w = Tensor.Randn([3, 2, 3, 3], DType.Float64, g);
        w.RequiresGrad = true;
        var input = x.Clone();
        var h = input.Conv2d(w);
        var expected = h.Clone();
        h[.., 0] = 0;
        input.Fill(7);
        Assert.Equal(0, (double)h[.., 0].Abs().Sum());
        Assert.Equal(expected[.., 1..].ToArray<double>(), h[.., 1..].ToArray<double>());
        Assert.Throws<InvalidOperationException>(() => h.MaxPool2d(2).Sum().Backward());   // the convolution's input has been written
    }

    [Fact]
    public void A_graph_that_was_let_go_of_is_refused()
    {
        var x = Leaf(1, 2);
        var y = x * x;
        var sum = y.Sum();
        _ = Autograd.Gradients(sum, [x]);
        Assert.Contains("retainGraph", Assert.Throws<InvalidOperationException>(() => Autograd.Gradients(y[0], [x])).Message, StringComparison.Ordinal);
    }
}
