using System.Numerics.Tensors;

namespace Candeia;

/// <summary>1 / x.</summary>
public sealed record ReciprocalOp : FloatOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Reciprocal(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => -grad * y * y;
}

public static partial class TensorOps
{
    /// <summary>1 / x, element by element.</summary>
    public static Tensor Reciprocal(this Tensor x) 
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.DType.IsComplex() ? 1 / x : new ReciprocalOp().Apply(x);
    }
}
