using Candeia.Kernels;

namespace Candeia;

/// <summary>e to the power of x, minus 1, exact near 0.</summary>
public sealed record Expm1Op : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("expm1(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Kernels.Map.Run(new Expm1Map(), x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (y + 1);
}

public static partial class TensorOps
{
    /// <summary>e to the power of x, minus 1, element by element: exact near 0, where <c>x.Exp() - 1</c> loses all digits.</summary>
    /// <param name="x">The exponents, of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[0, 1, 2]];
    /// Console.WriteLine(x.Expm1());
    /// // →  0.0000  1.7183  6.3891
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Expm1(this Tensor x) => new Expm1Op().Apply(x);
}
