using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia;

/// <summary>1 / √x.</summary>
public sealed record RsqrtOp : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("1 / sqrt(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    private protected override int Effort => 3;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.ReciprocalSqrt(x, y);

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => 1 / Complex.Sqrt(z);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (y * y * y).Conj() * -0.5;
}

public static partial class TensorOps
{
    /// <summary>1 / √x, element by element.</summary>
    /// <param name="x">Numbers above 0, of any shape, which the result keeps; 0 gives ∞, and what is below 0 has no root (NaN).</param>
    /// <example><code>
    /// Tensor x = [[1, 4, 16]];
    /// Console.WriteLine(x.Rsqrt());
    /// // →  1.0000  0.5000  0.2500
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Rsqrt(this Tensor x) => new RsqrtOp().Apply(x);
}
