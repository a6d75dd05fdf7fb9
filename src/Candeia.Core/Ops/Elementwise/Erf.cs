using Candeia.Kernels;

namespace Candeia;

/// <summary>The error function: 2/√π · ∫₀ˣ e^(−t²) dt.</summary>
public sealed record ErfOp : FloatOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Kernels.Map.Run(new ErfMap(), x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (-x * x).Exp() * (2 / Math.Sqrt(Math.PI));
}

public static partial class TensorOps
{
    /// <summary>The error function, element by element.</summary>
    public static Tensor Erf(this Tensor x) => new ErfOp().Apply(x);
}
