using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>e to the power of x.</summary>
public sealed record ExpOp : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("exp(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Kernels.Map.Run(new ExpMap(), x, y);

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => Complex.Exp(z);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * y.Conj();
}

public static partial class TensorOps
{
    /// <summary>e to the power of x, element by element.</summary>
    /// <param name="x">The exponents, of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-1, 0, 1]];
    /// Console.WriteLine(x.Exp());
    /// // →  0.3679  1.0000  2.7183
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Exp(this Tensor x) => new ExpOp().Apply(x);
}
