using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The angle whose tangent is x.</summary>
public sealed record AtanOp : FloatOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Atan(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad / (x * x + 1);
}

public static partial class TensorOps
{
    /// <summary>The angle whose tangent is x, element by element.</summary>
    public static Tensor Atan(this Tensor x) => new AtanOp().Apply(x);
}
