using System.Numerics;

namespace Candeia;

/// <summary>−1, 0 or 1, as x is negative, zero or positive.</summary>
public sealed record SignOp : UnaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a > 0 ? (T)1 : a < 0 ? (T)-1 : a == 0 ? (T)0 : a");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = x[i] > T.Zero ? T.One : x[i] < T.Zero ? -T.One : x[i] == T.Zero ? T.Zero : x[i];
    }

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => Tensor.ZerosLike(grad);
}

public static partial class TensorOps
{
    /// <summary>−1, 0 or 1, as x is negative, zero or positive, element by element.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-2, 0, 3]];
    /// Console.WriteLine(x.Sign());
    /// // → -1  0  1
    /// // → [ int64 [1, 3] ]
    /// </code></example>
    public static Tensor Sign(this Tensor x) => new SignOp().Apply(x);

    /// <summary>The sign of complex numbers: each divided by its absolute value, and 0 of 0. Of real numbers it is <see cref="Sign"/>.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// var x = Tensor.Complex([[3, 0]], [[4, 0]]);
    /// Console.WriteLine(x.Sgn());
    /// // →  0.6000+0.8000j  0.0000+0.0000j
    /// // → [ complex64 [1, 2] ]
    /// </code></example>
    public static Tensor Sgn(this Tensor x)
    {
        if (!IsComplex(x)) return x.Sign();
        var size = x.Abs();
        var zero = size.Eq(0);
        return zero.Where(Tensor.ZerosLike(x), x / zero.Where(1, size));
    }
}
