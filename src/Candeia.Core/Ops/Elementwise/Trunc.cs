using System.Numerics.Tensors;

namespace Candeia;

/// <summary>x without its fraction.</summary>
public sealed record TruncOp : FloatOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Truncate(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => Tensor.ZerosLike(grad);
}

public static partial class TensorOps
{
    /// <summary>x without its fraction, element by element; integers are whole already.</summary>
    public static Tensor Trunc(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.DType.HasGradients() ? new TruncOp().Apply(x) : x;
    }
}
