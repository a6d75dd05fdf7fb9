namespace Candeia;

/// <summary>The largest value along some dimensions, or the smallest; equal ones share its gradient.</summary>
public abstract record ExtremeOp(Dims Dims, bool KeepDim, bool Smallest) : ReductionOp(Dims, KeepDim)
{
    /// <inheritdoc/>
    protected internal sealed override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <summary>The gradient, divided among the elements that equal the result.</summary>
    protected internal sealed override Tensor?[] Backward(Node node, Tensor grad)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(grad);
        var x = node.Inputs[0];
        var ties = x.Eq(Stretch(node.Output, x.Shape)).To(grad.DType);
        return [ties * Stretch(grad, x.Shape) / ties.Sum(Dims, keepDim: true)];
    }

    private protected sealed override Op Join => Smallest ? new MinimumOp() : new MaximumOp();

    private protected sealed override void Reduce(Reductions rows)
    {
        if (rows.IsOfNothing) throw new ShapeException("The largest or smallest of no elements is not defined.");
        rows.Extreme(Smallest);
    }
}

/// <summary>The largest value along some dimensions; equal ones share its gradient.</summary>
public sealed record AmaxOp(Dims Dims, bool KeepDim = false) : ExtremeOp(Dims, KeepDim, Smallest: false);

/// <summary>The smallest value along some dimensions; equal ones share its gradient.</summary>
public sealed record AminOp(Dims Dims, bool KeepDim = false) : ExtremeOp(Dims, KeepDim, Smallest: true);

public static partial class TensorOps
{
    /// <summary>The largest value along some dimensions, or of all elements if none is named.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dims">The dimensions that disappear; all, if none is named. −1 is the last.</param>
    /// <returns>Along dimension 1, [2, 3] gives [2].</returns>
    /// <exception cref="ShapeException">There is nothing to choose from.</exception>
    /// <example><code>
    /// Tensor x = [[1, 5], [3, 2]];
    /// Console.WriteLine(x.Amax(1));
    /// // →  5
    /// // →  3
    /// // → [ int64 [2] ]
    /// </code></example>
    public static Tensor Amax(this Tensor x, params ReadOnlySpan<int> dims) => new AmaxOp(dims).Apply(x);

    /// <summary>The largest value along some dimensions, which stay with size 1 if asked.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dims">The dimensions along which is looked; all, if the list is empty. −1 is the last.</param>
    /// <param name="keepDim">Whether these dimensions stay, with size 1, so that the result stretches to <paramref name="x"/> again.</param>
    /// <exception cref="ShapeException">There is nothing to choose from.</exception>
    public static Tensor Amax(this Tensor x, ReadOnlySpan<int> dims, bool keepDim) => new AmaxOp(dims, keepDim).Apply(x);

    /// <summary>The smallest value along some dimensions, or of all elements if none is named.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dims">The dimensions that disappear; all, if none is named. −1 is the last.</param>
    /// <returns>Along dimension 1, [2, 3] gives [2].</returns>
    /// <exception cref="ShapeException">There is nothing to choose from.</exception>
    /// <example><code>
    /// Tensor x = [[1, 5], [3, 2]];
    /// Console.WriteLine(x.Amin(1));
    /// // →  1
    /// // →  2
    /// // → [ int64 [2] ]
    /// </code></example>
    public static Tensor Amin(this Tensor x, params ReadOnlySpan<int> dims) => new AminOp(dims).Apply(x);

    /// <summary>The smallest value along some dimensions, which stay with size 1 if asked.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dims">The dimensions along which is looked; all, if the list is empty. −1 is the last.</param>
    /// <param name="keepDim">Whether these dimensions stay, with size 1, so that the result stretches to <paramref name="x"/> again.</param>
    /// <exception cref="ShapeException">There is nothing to choose from.</exception>
    public static Tensor Amin(this Tensor x, ReadOnlySpan<int> dims, bool keepDim) => new AminOp(dims, keepDim).Apply(x);

    /// <summary>The largest element.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <returns>A single number, [].</returns>
    /// <exception cref="ShapeException">There are no elements.</exception>
    /// <example><code>
    /// Tensor x = [[1, 5], [3, 2]];
    /// Console.WriteLine(x.Max().Item());      // → 5
    /// </code></example>
    public static Tensor Max(this Tensor x) => x.Amax();

    /// <summary>The smallest element.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <returns>A single number, [].</returns>
    /// <exception cref="ShapeException">There are no elements.</exception>
    /// <example><code>
    /// Tensor x = [[1, 5], [3, 2]];
    /// Console.WriteLine(x.Min().Item());      // → 1
    /// </code></example>
    public static Tensor Min(this Tensor x) => x.Amin();

    /// <summary>The largest values along a dimension, and where they stand.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dim">The dimension along which is looked, and which disappears; −1 is the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    /// <returns>The values, and their positions along the dimension as int64; of equal ones the first.</returns>
    /// <exception cref="ShapeException">The dimension has no elements.</exception>
    /// <example><code>
    /// Tensor x = [[1, 5], [3, 2]];
    /// var (values, indices) = x.Max(1);
    /// Console.WriteLine(values);
    /// // →  5
    /// // →  3
    /// // → [ int64 [2] ]
    /// Console.WriteLine(indices);
    /// // →  1
    /// // →  0
    /// // → [ int64 [2] ]
    /// </code></example>
    public static (Tensor Values, Tensor Indices) Max(this Tensor x, int dim, bool keepDim = false) => Extreme(x, x.ArgMax(dim, keepDim: true), dim, keepDim);

    /// <summary>The smallest values along a dimension, and where they stand.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dim">The dimension along which is looked, and which disappears; −1 is the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    /// <returns>The values, and their positions along the dimension as int64; of equal ones the first.</returns>
    /// <exception cref="ShapeException">The dimension has no elements.</exception>
    /// <example><code>
    /// Tensor x = [[1, 5], [3, 2]];
    /// var (values, indices) = x.Min(1);
    /// Console.WriteLine(values);
    /// // →  1
    /// // →  2
    /// // → [ int64 [2] ]
    /// Console.WriteLine(indices);
    /// // →  0
    /// // →  1
    /// // → [ int64 [2] ]
    /// </code></example>
    public static (Tensor Values, Tensor Indices) Min(this Tensor x, int dim, bool keepDim = false) => Extreme(x, x.ArgMin(dim, keepDim: true), dim, keepDim);

    static (Tensor Values, Tensor Indices) Extreme(Tensor x, Tensor indices, int dim, bool keepDim)
    {
        var values = x.Gather(dim, indices);
        return keepDim ? (values, indices) : (values.Squeeze(dim), indices.Squeeze(dim));
    }
}
