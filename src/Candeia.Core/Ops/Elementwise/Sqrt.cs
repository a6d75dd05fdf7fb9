using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The square root of x.</summary>
public sealed record SqrtOp : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("sqrt(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    private protected override int Effort => 3;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Sqrt(x, y);

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => Complex.Sqrt(z);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad / (y.Conj() * 2);
}

public static partial class TensorOps
{
    /// <summary>The square root of x, element by element.</summary>
    /// <param name="x">Numbers from 0 on, of any shape, which the result keeps; what is below 0 has no root (NaN).</param>
    /// <example><code>
    /// Tensor x = [[0, 2, 9]];
    /// Console.WriteLine(x.Sqrt());
    /// // →  0.0000  1.4142  3.0000
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Sqrt(this Tensor x) => new SqrtOp().Apply(x);
}
