using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The hyperbolic sine of x.</summary>
public sealed record SinhOp : FloatOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Sinh(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * x.Cosh();
}

public static partial class TensorOps
{
    /// <summary>The hyperbolic sine of x, element by element.</summary>
    public static Tensor Sinh(this Tensor x) => new SinhOp().Apply(x);
}
