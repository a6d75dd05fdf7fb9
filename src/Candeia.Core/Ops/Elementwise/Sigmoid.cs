using System.Numerics.Tensors;

namespace Candeia;

/// <summary>1 / (1 + e⁻ˣ).</summary>
public sealed record SigmoidOp : FloatOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Sigmoid(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => new SigmoidGradientOp().Apply(grad, y);
}

public static partial class TensorOps
{
    /// <summary>1 / (1 + e⁻ˣ), element by element.</summary>
    public static Tensor Sigmoid(this Tensor x) => new SigmoidOp().Apply(x);
}
