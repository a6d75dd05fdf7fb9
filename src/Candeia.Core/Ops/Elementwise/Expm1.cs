using Candeia.Kernels;

namespace Candeia;

/// <summary>e to the power of x, minus 1, exact near 0.</summary>
public sealed record Expm1Op : FloatOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Kernels.Map.Run(new Expm1Map(), x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (y + 1);
}

public static partial class TensorOps
{
    /// <summary>e to the power of x, minus 1, exact near 0, element by element.</summary>
    public static Tensor Expm1(this Tensor x) => new Expm1Op().Apply(x);
}
