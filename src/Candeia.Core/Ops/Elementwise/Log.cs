using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The natural logarithm of x.</summary>
public sealed record LogOp : FloatOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Log(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad / x;
}

public static partial class TensorOps
{
    /// <summary>The natural logarithm of x, element by element.</summary>
    public static Tensor Log(this Tensor x) => new LogOp().Apply(x);
}
