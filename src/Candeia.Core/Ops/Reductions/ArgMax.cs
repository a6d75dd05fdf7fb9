namespace Candeia;

/// <summary>The position of the largest (or smallest) value along a dimension; of equals the first, and not-a-number counts as both.</summary>
public sealed record ArgMaxOp(int Dim, bool Smallest = false) : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Applies the op; the dimension stays with size 1.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        _ = Real(x.DType);
        int dim = x.Shape.Dim(Dim);
        if (x.Rank > 0 && x.Shape[dim] == 0) throw new ShapeException($"Dimension {dim} of {x.Shape} has no elements to choose from.");
        return Run(x.Rank == 0 ? [] : x.Shape.With(dim, 1), DType.Int64, x);
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Beside(Dim, x, y);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        LineCalls.Search(x[0], x[0].Shape.Dim(Dim), Smallest, outputs[0]);
}

public static partial class TensorOps
{
    /// <summary>The position of the largest value along a dimension, as int64.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dim">The dimension along which is looked, and which disappears; −1 is the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    /// <returns>Positions from 0 on, as int64; of equal values the first.</returns>
    /// <exception cref="ShapeException">The dimension has no elements.</exception>
    /// <example><code>
    /// Tensor scores = [[0.1, 0.9], [0.8, 0.2]];
    /// Console.WriteLine(scores.ArgMax(1));
    /// // →  1
    /// // →  0
    /// // → [ int64 [2] ]
    /// </code></example>
    public static Tensor ArgMax(this Tensor x, int dim, bool keepDim = false) => Positions(x, new(dim), keepDim);

    /// <summary>The position of the largest element in row-major order; all dimensions stay with size 1 if asked.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="keepDim">Whether all dimensions stay, with size 1.</param>
    /// <returns>A single number of type int64, counted from 0; of equal values the first.</returns>
    /// <exception cref="ShapeException">There are no elements.</exception>
    public static Tensor ArgMax(this Tensor x, bool keepDim = false) => Whole(x, x.Flatten().ArgMax(0), keepDim);

    /// <summary>The position of the smallest value along a dimension, as int64.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dim">The dimension along which is looked, and which disappears; −1 is the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    /// <returns>Positions from 0 on, as int64; of equal values the first.</returns>
    /// <exception cref="ShapeException">The dimension has no elements.</exception>
    /// <example><code>
    /// Tensor distances = [[0.1, 0.9], [0.8, 0.2]];
    /// Console.WriteLine(distances.ArgMin(1));
    /// // →  0
    /// // →  1
    /// // → [ int64 [2] ]
    /// </code></example>
    public static Tensor ArgMin(this Tensor x, int dim, bool keepDim = false) => Positions(x, new(dim, Smallest: true), keepDim);

    /// <summary>The position of the smallest element in row-major order; all dimensions stay with size 1 if asked.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="keepDim">Whether all dimensions stay, with size 1.</param>
    /// <returns>A single number of type int64, counted from 0; of equal values the first.</returns>
    /// <exception cref="ShapeException">There are no elements.</exception>
    public static Tensor ArgMin(this Tensor x, bool keepDim = false) => Whole(x, x.Flatten().ArgMin(0), keepDim);

    static Tensor Whole(Tensor x, Tensor position, bool keepDim)
    {
        if (!keepDim) return position;
        int[] ones = new int[x.Rank];
        Array.Fill(ones, 1);
        return position.Reshape(ones);
    }

    static Tensor Positions(Tensor x, ArgMaxOp op, bool keepDim)
    {
        var y = op.Apply(x);
        return keepDim || x.Rank == 0 ? y : y.Squeeze(op.Dim);
    }
}
