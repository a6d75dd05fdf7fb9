using Candeia.Kernels;

namespace Candeia;

/// <summary>x·sigmoid(x).</summary>
public sealed record SiluOp : FloatOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Kernels.Map.Run(new SiluMap(), x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => new SiluGradientOp().Apply(grad, x);
}

public static partial class TensorOps
{
    /// <summary>x·sigmoid(x), also called swish, element by element.</summary>
    public static Tensor Silu(this Tensor x) => new SiluOp().Apply(x);
}
