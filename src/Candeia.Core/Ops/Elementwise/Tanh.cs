using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The hyperbolic tangent of x.</summary>
public sealed record TanhOp : FloatOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Tanh(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => new TanhGradientOp().Apply(grad, y);
}

public static partial class TensorOps
{
    /// <summary>The hyperbolic tangent of x, element by element.</summary>
    public static Tensor Tanh(this Tensor x) => new TanhOp().Apply(x);
}
