using System.Numerics;

namespace Candeia;

/// <summary>−1, 0 or 1, as x is negative, zero or positive.</summary>
public sealed record SignOp : UnaryOp
{
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
    /// <summary>−1, 0 or 1, as x is negative, zero or positive.</summary>
    public static Tensor Sign(this Tensor x) => new SignOp().Apply(x);
}
