namespace Candeia;

/// <summary>Running sums along a dimension. Whole numbers and truth values give int64.</summary>
public sealed record CumsumOp(int Dim) : Op
{
    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [grad.Flip(Dim).Cumsum(Dim).Flip(Dim)];

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        _ = x.Shape.Dim(Dim);
        var dtype = x.DType.Summed();
        return Run(x.Layout.Dense(), dtype, x.To(dtype));
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Beside(Dim, x, y);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => LineCalls.Sum(x[0], x[0].Shape.Dim(Dim), outputs[0]);
}

public static partial class TensorOps
{
    /// <summary>
    /// Running sums along a dimension: each element is the sum of those up to it; of another type if asked, to which the elements are converted
    /// first.
    /// </summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <param name="dim">The dimension along which is added; −1 is the last.</param>
    /// <param name="dtype">The type of the result, if it shall be another; whole numbers and truth values give int64.</param>
    /// <example><code>
    /// Tensor x = [[1, 2, 3], [4, 5, 6]];
    /// Console.WriteLine(x.Cumsum(1));
    /// // →   1   3   6
    /// // →   4   9  15
    /// // → [ int64 [2, 3] ]
    /// </code></example>
    public static Tensor Cumsum(this Tensor x, int dim, DType? dtype = null) => new CumsumOp(dim).Apply(As(x, dtype));
}
