using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The largest whole number not above x.</summary>
public sealed record FloorOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("floor(a)");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Floor(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => Tensor.ZerosLike(grad);
}

public static partial class TensorOps
{
    /// <summary>The largest whole number not above x, element by element; integers are whole already.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-1.5, 0.2, 2]];
    /// Console.WriteLine(x.Floor());
    /// // → -2  0  2
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Floor(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.DType.HasGradients() ? new FloorOp().Apply(x) : x;
    }
}
