namespace Candeia;

/// <summary>x / (1 + x²).</summary>
public sealed record NAMEOp : FloatOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;                // of which the derivative is computed

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = x[i] / (T.One + x[i] * x[i]);
    }

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad)
    {
        var square = x * x;
        return grad * (1 - square) / (1 + square).Square();
    }
}

public static partial class TensorOps
{
    /// <summary>x / (1 + x²), element by element.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[0, 1, 2]];
    /// Console.WriteLine(x.NAME());
    /// // →  0.0000  0.5000  0.4000
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor NAME(this Tensor x) => new NAMEOp().Apply(x);
}
