using System.Numerics.Tensors;

namespace Candeia;

/// <summary>−x.</summary>
public sealed record NegateOp : UnaryOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Negate(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => -grad;
}

public sealed partial class Tensor
{
    /// <summary>−x, element by element.</summary>
    public static Tensor operator -(Tensor x) => new NegateOp().Apply(x);
}
