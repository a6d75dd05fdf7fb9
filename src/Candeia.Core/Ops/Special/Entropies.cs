using System.Numerics;

namespace Candeia;

/// <summary>a·log(1 + b); 0 where a is 0, unless b is not a number.</summary>
public sealed record XLog1pyOp : FloatBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("b != b ? b : a == 0 ? (T)0 : a * log1p_@(b)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = T.IsNaN(b[i]) ? b[i] : a[i] == T.Zero ? T.Zero : a[i] * T.CreateTruncating(Kernels.Log1p.Of(double.CreateTruncating(b[i])));
    }

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) => ((a.Eq(0) & b <= -1).Where(0, grad.XLog1py(b)), grad * (a / (b + 1)));
}

/// <summary>−x·log x; 0 at 0, −∞ below.</summary>
public sealed record EntrOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a > 0 ? -a * log(a) : a == 0 ? (T)0 : a != a ? a : -INFINITY");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = x[i] > T.Zero ? -x[i] * T.Log(x[i]) : x[i] == T.Zero ? T.Zero : T.IsNaN(x[i]) ? x[i] : T.NegativeInfinity;
    }

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (-x.Log() - 1);
}

/// <summary>sin(πx) / (πx), 1 at 0.</summary>
public sealed record SincOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a == 0 ? (T)1 : sinpi(a) / (a * (T)3.14159265358979323846)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = x[i] == T.Zero ? T.One : T.SinPi(x[i]) / (x[i] * T.Pi);
    }

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad)
    {
        var zero = x.Eq(0);
        var a = zero.Where(1, x * Math.PI);
        return grad * zero.Where(0, (a * a.Cos() - a.Sin()) / (a * a) * Math.PI);
    }
}

public static partial class TensorOps
{
    /// <summary>a·log(1 + b), element by element; 0 where a is 0, unless b is not a number.</summary>
    /// <param name="a">The factors, of any shape.</param>
    /// <param name="b">Numbers above −1, whose shape broadcasts.</param>
    /// <example><code>Tensor a = [0, 2]; var y = a.XLog1py([-1, 1]);                     // [0, 1.3863]</code></example>
    public static Tensor XLog1py(this Tensor a, Tensor b) => new XLog1pyOp().Apply(a, b);

    /// <summary>−x·log x, element by element: what a probability adds to the entropy; 0 at 0, −∞ below.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor p = [0, 0.5]; var y = p.Entr();                             // [0, 0.3466]</code></example>
    public static Tensor Entr(this Tensor x) => new EntrOp().Apply(x);

    /// <summary>sin(πx) / (πx), element by element; 1 at 0.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [0, 0.5]; var y = x.Sinc();                             // [1, 0.6366]</code></example>
    public static Tensor Sinc(this Tensor x) => new SincOp().Apply(x);
}
