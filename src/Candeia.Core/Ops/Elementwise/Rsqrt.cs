using System.Numerics.Tensors;

namespace Candeia;

/// <summary>1 / √x.</summary>
public sealed record RsqrtOp : FloatOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.ReciprocalSqrt(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * y * y * y * -0.5;
}

public static partial class TensorOps
{
    /// <summary>1 / √x, element by element.</summary>
    public static Tensor Rsqrt(this Tensor x) => new RsqrtOp().Apply(x);
}
