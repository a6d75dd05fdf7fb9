using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The nearest whole number; a half goes to the even one.</summary>
public sealed record RoundOp : FloatOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Round(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => Tensor.ZerosLike(grad);
}

public static partial class TensorOps
{
    /// <summary>The nearest whole number; a half goes to the even one, element by element; integers are whole already.</summary>
    public static Tensor Round(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.DType.HasGradients() ? new RoundOp().Apply(x) : x;
    }
}
