using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The hyperbolic cosine of x.</summary>
public sealed record CoshOp : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("cosh(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Cosh(x, y);

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => Complex.Cosh(z);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * x.Sinh().Conj();
}

public static partial class TensorOps
{
    /// <summary>The hyperbolic cosine of x, (eˣ + e⁻ˣ) / 2, element by element.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-1, 0, 1]];
    /// Console.WriteLine(x.Cosh());
    /// // →  1.5431  1.0000  1.5431
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Cosh(this Tensor x) => new CoshOp().Apply(x);
}
