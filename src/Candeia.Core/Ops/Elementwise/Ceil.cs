using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The smallest whole number not below x.</summary>
public sealed record CeilOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("ceil(a)");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Ceiling(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => Tensor.ZerosLike(grad);
}

public static partial class TensorOps
{
    /// <summary>The smallest whole number not below x, element by element; integers are whole already.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-1.5, 0.2, 2]];
    /// Console.WriteLine(x.Ceil());
    /// // → -1  1  2
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Ceil(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.DType.HasGradients() ? new CeilOp().Apply(x) : x;
    }
}
