using System.Numerics;

namespace Candeia;

/// <summary>a to the power of b.</summary>
public sealed record PowOp : BinaryOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = Power(a[i], b[i]);
    }

    static T Power<T>(T a, T b) where T : unmanaged, INumber<T>
    {
        double power = Math.Pow(double.CreateTruncating(a), double.CreateTruncating(b));
        if (Math.Abs(power) < 1L << 53 || T.One / (T.One + T.One) != T.Zero) return T.CreateTruncating(power);
        T exact = T.One;                                                     // integers beyond 2⁵³
        for (T n = T.Zero; n < b; n++) exact *= a;
        return exact;
    }

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) =>
    (
        node.Needs(0) ? grad * b.Eq(0).Where(Tensor.ZerosLike(grad), b * a.Pow(b - 1)) : null,
        node.Needs(1) ? grad * a.Eq(0).Where(Tensor.ZerosLike(grad), node.Output * a.Log()) : null
    );
}

public static partial class TensorOps
{
    /// <summary>a to the power of b, element by element.</summary>
    public static Tensor Pow(this Tensor a, Tensor b) => new PowOp().Apply(a, b);

    /// <summary>x·x, element by element.</summary>
    public static Tensor Square(this Tensor x) => x * x;
}
