using System.Numerics.Tensors;

namespace Candeia;

/// <summary>log(1 + x), exact near 0.</summary>
public sealed record Log1pOp : FloatOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.LogP1(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad / (x + 1);
}

public static partial class TensorOps
{
    /// <summary>log(1 + x), exact near 0, element by element.</summary>
    public static Tensor Log1p(this Tensor x) => new Log1pOp().Apply(x);
}
