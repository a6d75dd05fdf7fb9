using System.Numerics.Tensors;

namespace Candeia;

/// <summary>x without its fraction.</summary>
public sealed record TruncOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("trunc(a)");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Truncate(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => Tensor.ZerosLike(grad);
}

public static partial class TensorOps
{
    /// <summary>x without its fraction, element by element; integers are whole already.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-1.5, 0.2, 2.7]];
    /// Console.WriteLine(x.Trunc());
    /// // → -1  0  2
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Trunc(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.DType.HasGradients() ? new TruncOp().Apply(x) : x;
    }
}
