using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The hyperbolic cosine of x.</summary>
public sealed record CoshOp : FloatOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Cosh(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * x.Sinh();
}

public static partial class TensorOps
{
    /// <summary>The hyperbolic cosine of x, element by element.</summary>
    public static Tensor Cosh(this Tensor x) => new CoshOp().Apply(x);
}
