using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The smallest whole number not below x.</summary>
public sealed record CeilOp : FloatOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Ceiling(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => Tensor.ZerosLike(grad);
}

public static partial class TensorOps
{
    /// <summary>The smallest whole number not below x, element by element; integers are whole already.</summary>
    public static Tensor Ceil(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.DType.HasGradients() ? new CeilOp().Apply(x) : x;
    }
}
