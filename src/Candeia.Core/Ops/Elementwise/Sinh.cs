using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The hyperbolic sine of x.</summary>
public sealed record SinhOp : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("sinh(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Sinh(x, y);

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => Complex.Sinh(z);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * x.Cosh().Conj();
}

public static partial class TensorOps
{
    /// <summary>The hyperbolic sine of x, (eˣ − e⁻ˣ) / 2, element by element.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-1, 0, 1]];
    /// Console.WriteLine(x.Sinh());
    /// // → -1.1752  0.0000  1.1752
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Sinh(this Tensor x) => new SinhOp().Apply(x);
}
