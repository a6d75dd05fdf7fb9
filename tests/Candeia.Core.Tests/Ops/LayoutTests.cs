namespace Candeia.Tests;

/// <summary>What golden values do not say of views and what is put together: memory, refusals, second derivatives.</summary>
public class LayoutTests
{
    static readonly Tensor s_x = Tensor.Arange(0, 12, dtype: DType.Float64).Reshape(3, 4);

    [Fact]
    public void Diagonals_and_windows_look_at_the_same_memory()
    {
        var x = s_x.Clone();
        x.Diagonal(1).Fill(-1);
        Assert.Equal([0, -1, 2, 3, 4, 5, -1, 7, 8, 9, 10, -1], x.ToArray<double>());
        x.Unfold(1, 2, 2)[0, 1, 0] = 50;
        Assert.Equal(50, x[0, 2].Item());
        x.AsStrided([2], [5], 4)[1] = 60;
        Assert.Equal(60, x[2, 1].Item());
    }

    [Fact]
    public void Writing_to_a_diagonal_is_recorded()
    {
        var a = s_x.Clone();
        a.RequiresGrad = true;
        var y = a * 2;
        y.Diagonal()[..] = Tensor.Zeros([3], DType.Float64);
        y.Sum().Backward();
        Assert.Equal([0, 2, 2, 2, 2, 0, 2, 2, 2, 2, 0, 2], a.Grad!.ToArray<double>());
    }

    [Fact]
    public void Second_derivatives_equal_finite_differences()
    {
        var x = Tensor.Linspace(0.3, 1.1, 8, DType.Float64).Reshape(2, 4);
        x.RequiresGrad = true;
        Func<Tensor, Tensor>[] functions = [x => x.Unfold(1, 3, 1).Square(), x => x.Diagonal(1).Exp(), x => x.DiagEmbed(1).Square(), x => x.AsStrided([3, 3], [2, 1], 1).Exp()];
        foreach (var function in functions) Autograd.GradGradCheck(t => [function(t[0])], [x]);
    }

    [Fact]
    public void Windows_of_half_precision_and_complex_numbers_add_up()
    {
        foreach (var dtype in new[] { DType.Float16, DType.BFloat16, DType.Complex64, DType.Complex128 })
        {
            var x = Tensor.Ones([5], dtype);
            x.RequiresGrad = true;
            x.Unfold(0, 3, 1).Real().Sum().Backward();
            Assert.Equal([1f, 2, 3, 2, 1], x.Grad!.Real().ToArray<float>());
        }
    }

    [Fact]
    public void Strides_of_new_memory_are_those_asked_for()
    {
        var x = Tensor.EmptyStrided([2, 3], [1, 2], DType.Int16);
        Assert.Equal([1L, 2], x.Layout.Strides.ToArray());
        x.Fill(7);
        Assert.Equal(42, (int)x.Sum());
        Assert.Equal([0L, 0], Tensor.EmptyStrided([2, 0], [0, 0]).Layout.Strides.ToArray());
        Assert.Throws<ArgumentException>(() => Tensor.EmptyStrided([2, 3], [1, -2]));
        Assert.Throws<ArgumentException>(() => Tensor.EmptyStrided([2, 3], [1]));
        Assert.Throws<ShapeException>(() => Tensor.EmptyStrided([2, 3], [1, int.MaxValue]));
        var transposed = Tensor.EmptyLike(s_x.T(), DType.Int8);
        Assert.Equal(([4, 3], DType.Int8, 1L), (transposed.Shape, transposed.DType, transposed.Layout.Strides[0]));
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_a_sentence()
    {
        Action[] wrong =
        [
            () => s_x.Diagonal(0, 1, 1), () => s_x.Unsqueeze(0).Diag(), () => s_x.DiagEmbed(0, 1, 1), () => s_x.DiagEmbed(0, 5), () => s_x[0].Trace(), () => s_x.Unfold(0, 4, 1), () => s_x.Unfold(0, 2, 0),
            () => s_x.AsStrided([3], [6]), () => s_x.AsStrided([3], [-1]), () => s_x.AsStrided([3], [1, 1]), () => s_x.Unflatten(0, 2, 2), () => s_x.Unflatten(1, -1, 3), () => s_x.RepeatInterleave(-1),
            () => s_x.RepeatInterleave(Tensor.From([1L, 2]), 0), () => s_x.RepeatInterleave(Tensor.From([1.0, 2, 3]), 0), () => s_x.RepeatInterleave(Tensor.From([1L, -2, 3]), 0),
            () => s_x[0].FlipLR(), () => s_x[0, 0].FlipUD(), () => s_x.Rot90(1, 1, -1), () => Tensor.HStack([]), () => Tensor.BlockDiag([s_x.Unsqueeze(0)]), () => Tensor.MeshGrid([s_x]),
            () => s_x.Combinations(), () => s_x.Vander(), () => s_x[0, 0].Unbind(), () => s_x.TensorSplit(0), () => s_x.HSplit(3), () => s_x[0].VSplit(1), () => s_x.DSplit(1), () => Tensor.VStack([s_x, s_x.T()]),
        ];
        for (int i = 0; i < wrong.Length; i++)
        {
            var error = Record.Exception(wrong[i]);
            Assert.True(error is ArgumentException, $"case {i}: {error?.GetType().Name ?? "nothing"}: {error?.Message}");
            Assert.True(error!.Message.Contains('.', StringComparison.Ordinal), $"case {i}: {error.Message}");
        }
    }
}
