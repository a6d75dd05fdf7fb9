using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The largest whole number not above x.</summary>
public sealed record FloorOp : FloatOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Floor(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => Tensor.ZerosLike(grad);
}

public static partial class TensorOps
{
    /// <summary>The largest whole number not above x, element by element; integers are whole already.</summary>
    public static Tensor Floor(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.DType.HasGradients() ? new FloorOp().Apply(x) : x;
    }
}
