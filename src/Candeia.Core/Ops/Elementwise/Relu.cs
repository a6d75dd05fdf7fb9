using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia;

/// <summary>max(x, 0).</summary>
public sealed record ReluOp : UnaryOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Max(x, T.Zero, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => new ReluGradientOp().Apply(grad, y);
}

public static partial class TensorOps
{
    /// <summary>max(x, 0), element by element.</summary>
    public static Tensor Relu(this Tensor x) => new ReluOp().Apply(x);
}
