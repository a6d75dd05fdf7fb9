using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia;

/// <summary>max(x, 0).</summary>
public sealed record ReluOp : UnaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("max_@(a, (T)0)");

    private protected override DType Meant(DType dtype) => dtype != DType.Bool ? base.Meant(dtype) : throw new ArgumentException("Relu takes numbers, not truth values; convert with To(dtype).");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Max(x, T.Zero, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => new ReluGradientOp().Apply(grad, y);
}

public static partial class TensorOps
{
    /// <summary>max(x, 0), element by element: what is negative becomes 0, the rest stays. The usual activation of a network's layers.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-2, 0, 3]];
    /// Console.WriteLine(x.Relu());
    /// // →  0  0  3
    /// // → [ int64 [1, 3] ]
    /// </code></example>
    public static Tensor Relu(this Tensor x) => new ReluOp().Apply(x);
}
