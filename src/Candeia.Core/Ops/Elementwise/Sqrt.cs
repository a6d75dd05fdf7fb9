using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The square root of x.</summary>
public sealed record SqrtOp : FloatOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Sqrt(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad / (y * 2);
}

public static partial class TensorOps
{
    /// <summary>The square root of x, element by element.</summary>
    public static Tensor Sqrt(this Tensor x) => new SqrtOp().Apply(x);
}
