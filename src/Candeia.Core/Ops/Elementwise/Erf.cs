using Candeia.Kernels;

namespace Candeia;

/// <summary>The error function: 2/√π · ∫₀ˣ e^(−t²) dt.</summary>
public sealed record ErfOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("erf(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Kernels.Map.Run(new ErfMap(), x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (-x * x).Exp() * (2 / Math.Sqrt(Math.PI));
}

public static partial class TensorOps
{
    /// <summary>
    /// The error function, element by element: how likely a normally distributed number is within ±x·√2 standard deviations, with the sign of x.
    /// </summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-1, 0, 1]];
    /// Console.WriteLine(x.Erf());
    /// // → -0.8427  0.0000  0.8427
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Erf(this Tensor x) => new ErfOp().Apply(x);
}
