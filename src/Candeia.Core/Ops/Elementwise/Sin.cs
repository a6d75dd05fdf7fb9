using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The sine of x.</summary>
public sealed record SinOp : FloatOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Sin(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * x.Cos();
}

public static partial class TensorOps
{
    /// <summary>The sine of x, element by element.</summary>
    public static Tensor Sin(this Tensor x) => new SinOp().Apply(x);
}
