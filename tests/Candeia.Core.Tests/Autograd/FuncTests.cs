namespace Candeia.Tests;

/// <summary>Derivatives of functions as functions.</summary>
public class FuncTests
{
    static readonly Tensor s_x = Tensor.From([0.3, -1.2, 2]);

    static Tensor F(Tensor x) => Tensor.Stack([(x * x).Sum(), x[0].Sin() * x[1], x[2].Exp(), x.Prod()]);

    static void Near(double[] expected, Tensor actual) => Assert.Equal(expected, actual.ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-12 * Math.Max(1, Math.Abs(a)));

    static double[] Jacobian()
    {
        double[] x = s_x.ToArray<double>();
        return [2 * x[0], 2 * x[1], 2 * x[2], Math.Cos(x[0]) * x[1], Math.Sin(x[0]), 0, 0, 0, Math.Exp(x[2]), x[1] * x[2], x[0] * x[2], x[0] * x[1]];
    }

    [Fact]
    public void Jacobians_from_both_sides_are_the_derivatives()
    {
        Near(Jacobian(), Func.JacRev(F)(s_x));
        Near(Jacobian(), Func.JacFwd(F)(s_x));
        Assert.Equal([4, 3], Func.JacRev(F)(s_x).Shape);
    }

    [Fact]
    public void Rows_are_pulled_and_columns_pushed()
    {
        double[] j = Jacobian(), row = [1, -2, 0.5, 3], column = [0.2, 1, -1];
        var (y, pull) = Func.Vjp(F, s_x);
        Assert.Equal(4, y.Numel);
        Near([.. Enumerable.Range(0, 3).Select(c => Enumerable.Range(0, 4).Sum(r => row[r] * j[r * 3 + c]))], pull(Tensor.From(row)));
        Near([.. Enumerable.Range(0, 4).Select(r => Enumerable.Range(0, 3).Sum(c => column[c] * j[r * 3 + c]))], Func.Jvp(F, s_x, Tensor.From(column)).Tangent);
        Assert.Equal([0.0, 0], Func.Jvp(_ => Tensor.Ones([2], DType.Float64), s_x, s_x).Tangent.ToArray<double>());
    }

    [Fact]
    public void Gradients_nest()
    {
        var third = Func.Grad(Func.Grad(Func.Grad(x => x.Pow(4).Sum())));
        Near([24 * 1.5], third(Tensor.From([1.5])));
        var (value, slope) = Func.ValueAndGrad(x => x.Sin().Sum())(s_x);
        Near([Math.Sin(0.3) + Math.Sin(-1.2) + Math.Sin(2)], value);
        Near([Math.Cos(0.3), Math.Cos(-1.2), Math.Cos(2)], slope);
        Near([6 * 0.3, 0, 0, 0, 6 * -1.2, 0, 0, 0, 12], Func.Hessian(x => x.Pow(3).Sum())(s_x));
        Near([6 * 0.3 * 2, 6 * -1.2, 12 * -1], Func.Hvp(x => x.Pow(3).Sum(), s_x, Tensor.From([2.0, 1, -1])).Product);
        var grads = Func.Grad((Tensor[] t) => (t[0] * t[1]).Sum())([s_x, s_x + 1]);
        Near((s_x + 1).ToArray<double>(), grads[0]);
        Near(s_x.ToArray<double>(), grads[1]);
    }

    /// <summary>What a function closes over has a gradient too.</summary>
    [Fact]
    public void A_gradient_has_a_gradient_by_what_the_function_closes_over()
    {
        var w = Tensor.From([2.0]);
        w.RequiresGrad = true;
        var slope = Func.Grad(x => (w * w * x * x).Sum())(Tensor.From([3.0]));     // 2·w²·x
        slope.Sum().Backward();
        Near([4 * 2 * 3.0], w.Grad!);
        using var noGrad = Autograd.NoGrad();
        Assert.False(Func.Grad(x => (w * x).Sum())(Tensor.From([3.0])).RequiresGrad);
    }

    [Fact]
    public void A_function_of_one_item_is_one_of_many()
    {
        var x = Tensor.Arange(12).To(DType.Float64).Reshape(3, 4);
        Near((x * x).Sum(1).ToArray<double>(), Func.VMap(t => (t * t).Sum())(x));
        Assert.Equal([4, 3], Func.VMap(t => t * 2, inDim: 1)(x).Shape);
        Assert.Equal([3, 4], Func.VMap(t => t * 2, inDim: 1, outDim: 1)(x).Shape);
        var weighted = Func.VMap((Tensor[] t) => (t[0] * t[1]).Sum(), [0, null])([x, x[1]]);
        Near(x.MatMul(x[1]).ToArray<double>(), weighted);
        Near(x.ToArray<double>().Select(v => 2 * v).ToArray(), Func.VMap(Func.Grad(t => (t * t).Sum()))(x));
        Assert.Throws<ShapeException>(() => Func.VMap((Tensor[] t) => t[0] + t[1])([x, x[..2]]));
        Assert.Throws<ShapeException>(() => Func.Grad(t => t * 2)(x));
        Assert.Throws<ShapeException>(() => Func.Jvp(t => t * 2, x, x[0]));
    }
}
