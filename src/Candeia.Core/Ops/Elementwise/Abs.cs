using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The absolute value of x.</summary>
public sealed record AbsOp : UnaryOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Abs(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * x.Sign();
}

public static partial class TensorOps
{
    /// <summary>The absolute value of x, element by element.</summary>
    public static Tensor Abs(this Tensor x) => new AbsOp().Apply(x);
}
