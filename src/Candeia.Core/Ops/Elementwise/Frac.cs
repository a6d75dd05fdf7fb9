namespace Candeia;

/// <summary>What follows the point: x without its whole part, with the sign of x.</summary>
public sealed record FracOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a - trunc(a)");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = x[i] - T.Truncate(x[i]);
    }

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad;
}

public static partial class TensorOps
{
    /// <summary>What follows the point, element by element: x without its whole part, with the sign of x.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <exception cref="ArgumentException">The elements are whole numbers or complex.</exception>
    /// <example><code>Tensor x = [1.25, -1.25]; var y = x.Frac();                       // [0.25, -0.25]</code></example>
    public static Tensor Frac(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.DType.IsFloatingPoint() ? new FracOp().Apply(x) : throw new ArgumentException($"Frac takes numbers that have a fraction, not {x.DType}.");
    }
}
