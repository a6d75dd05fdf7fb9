using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The natural logarithm of x.</summary>
public sealed record LogOp : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("log(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Log(x, y);

    private protected override bool FillsUp => true;

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => ComplexMath.Log(z);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad / x.Conj();
}

public static partial class TensorOps
{
    /// <summary>The natural logarithm of x, element by element.</summary>
    /// <param name="x">Numbers above 0, of any shape, which the result keeps; 0 gives −∞, and what is below 0 has no logarithm (NaN).</param>
    /// <example><code>
    /// Tensor x = [[1, Math.E, 0]];
    /// Console.WriteLine(x.Log());
    /// // →   0   1 -inf
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Log(this Tensor x) => new LogOp().Apply(x);
}
