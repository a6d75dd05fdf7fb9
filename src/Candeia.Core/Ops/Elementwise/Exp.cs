using System.Numerics.Tensors;

namespace Candeia;

/// <summary>e to the power of x.</summary>
public sealed record ExpOp : FloatOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Exp(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * y;
}

public static partial class TensorOps
{
    /// <summary>e to the power of x, element by element.</summary>
    public static Tensor Exp(this Tensor x) => new ExpOp().Apply(x);
}
