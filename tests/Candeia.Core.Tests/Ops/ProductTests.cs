namespace Candeia.Tests;

/// <summary>What golden values do not say of products and of what is put at places.</summary>
public class ProductTests
{
    static Tensor Leaf(int seed, params ReadOnlySpan<int> shape)
    {
        var x = Tensor.Randn(Shape.Create(shape), DType.Float64, new Generator((ulong)seed));
        x.RequiresGrad = true;
        return x;
    }

    [Fact]
    public void Second_derivatives_equal_finite_differences()
    {
        Tensor a = Leaf(1, 2, 3), b = Leaf(2, 3, 2), c = Leaf(3, 2), at = Tensor.From([0L, 1, 0, 1, 1, 0], [2, 3]);
        Func<Tensor[], Tensor>[] functions =
        [
            x => Tensor.Einsum("ij,jk,k->i", x), x => x[0].TensorDot(x[1].T(), 2), x => x[0].CDist(x[1].T()), x => x[0].Cov(), x => x[0].Kron(x[2]), x => x[0].Gradient()[1].Square(),
            x => x[1].ScatterReduce(1, at.T(), x[0].T(), ScatterReduction.Prod), x => x[1].ScatterReduce(1, at.T(), x[0].T(), ScatterReduction.Mean, includeSelf: false).Square(), x => x[0].Put(Tensor.From([1L, 1]), x[2], accumulate: true).Exp(),
        ];
        foreach (var function in functions) Autograd.GradGradCheck(x => [function(x)], [a, b, c]);
    }

    [Fact]
    public void Sums_of_products_equal_their_definition()
    {
        Tensor a = Leaf(1, 4, 5, 6).Detach(), b = Leaf(2, 5, 3).Detach(), c = Leaf(3, 6, 3, 2).Detach();
        var y = Tensor.Einsum("abc,bd,cde->ae", [a, b, c]);
        var expected = (a.Reshape(4, 5, 6, 1, 1) * b.Reshape(5, 1, 3, 1) * c).Sum(1, 2, 3);
        Assert.True(y.AllClose(expected, 1e-10, 1e-12));
        Assert.Equal(DType.Float64, Tensor.Einsum("i,i", [a[0, 0], Tensor.Arange(6)]).DType);
        Assert.Equal([0, 3], Tensor.Einsum("ij,jk->ik", [Tensor.Ones([0, 2]), Tensor.Ones([2, 3])]).Shape);
    }

    [Fact]
    public void Large_tensors_are_never_multiplied_out()
    {
        Tensor a = Tensor.Ones([1000, 2]), b = Tensor.Ones([2, 1000]);
        Assert.Equal(4e9, Tensor.Einsum("ij,jk,kl,lm->", [a, b, a, b]).Item());
    }

    [Fact]
    public void What_an_equation_does_not_say_is_refused()
    {
        Tensor a = Tensor.Ones([2, 3]);
        Action[] wrong =
        [
            () => Tensor.Einsum("ij", [a, a]), () => Tensor.Einsum("ij,jk", [a]), () => Tensor.Einsum("ijk", [a]), () => Tensor.Einsum("i", [a]), () => Tensor.Einsum("i1", [a]), () => Tensor.Einsum("ij->ik", [a]), () => Tensor.Einsum("ij->ii", [a]),
            () => Tensor.Einsum("ii", [a]), () => Tensor.Einsum("ij,ij", [a, a.T()]), () => Tensor.Einsum("ij->i j!", [a]), () => Tensor.Einsum("i...j...", [a]), () => Tensor.Einsum("ij,ij", [a > 0, a > 0]), () => Tensor.Einsum("", []),
            () => a.Outer(a), () => a.Inner(a.T()), () => a.TensorDot(a, 3), () => a.TensorDot(a, [0], [1]), () => a.TensorDot(a, [0, 0], [0, 0]), () => a.AddMM(a, a), () => a.AddBMM(a, a), () => Linalg.MultiDot([a, a]), () => Linalg.MultiDot([]),
            () => a.Cross(a, 0), () => a.CDist(a.T()), () => a.CDist(a, -1), () => a[0].PDist(), () => a.Unsqueeze(0).Cov(), () => a.Cov(fweights: a[0] * 1.5), () => a.Gradient(edgeOrder: 3), () => a[..1].Gradient(), () => a.Gradient([1.0, 2, 3]),
            () => a.Take(Tensor.From([6L])), () => a.Put(Tensor.From([1L]), Tensor.Ones([2])), () => a.MaskedScatter(a > 0, a[0]), () => a.MaskedScatter(a, a), () => a.MaskedScatter(a > 0, (a > 0)), () => Tensor.From([6L]).UnravelIndex([2, 3]),
            () => a.ScatterReduce(0, Tensor.From([2L], [1, 1]), a, ScatterReduction.Prod), () => (a > 0).ScatterReduce(0, Tensor.From([0L], [1, 1]), a, ScatterReduction.Prod), () => a.ScatterReduce(0, Tensor.From([0L]), a, ScatterReduction.Sum),
        ];
        for (int i = 0; i < wrong.Length; i++)
        {
            var error = Record.Exception(wrong[i]);
            Assert.True(error is ArgumentException, $"case {i}: {error?.GetType().Name ?? "nothing"}: {error?.Message}");
        }
    }

    [Fact]
    public void Reductions_at_places_hold_for_all_types()
    {
        foreach (var dtype in new[] { DType.UInt8, DType.Int8, DType.Int16, DType.Int32, DType.Int64, DType.Float16, DType.BFloat16, DType.Float32, DType.Float64 })
        {
            Tensor x = Tensor.From([5L, 1, 9]).To(dtype), at = Tensor.From([0L, 0, 1]), source = Tensor.From([2L, 7, 4]).To(dtype);
            Assert.Equal([70L, 4, 9], x.ScatterReduce(0, at, source, ScatterReduction.Prod).ToArray<long>());
            Assert.Equal([7L, 4, 9], x.ScatterReduce(0, at, source, ScatterReduction.Amax).ToArray<long>());
            Assert.Equal([2L, 4, 9], x.ScatterReduce(0, at, source, ScatterReduction.Amin, includeSelf: false).ToArray<long>());
            Assert.Equal([4L, 2, 9], x.ScatterReduce(0, at, source, ScatterReduction.Mean).ToArray<long>());
            Assert.Equal([9L, 4, 9], x.ScatterReduce(0, at, source, ScatterReduction.Sum, includeSelf: false).ToArray<long>());
        }
        Assert.Throws<ArgumentException>(() => Tensor.Complex(Tensor.Ones([1]), Tensor.Ones([1])).ScatterReduce(0, Tensor.From([0L]), 1, ScatterReduction.Prod));
    }
}
