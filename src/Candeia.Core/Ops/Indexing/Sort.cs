using Candeia.Kernels;

namespace Candeia;

/// <summary>A dimension in order, and where its elements stood. Equal elements keep their order, and not-a-number counts as the largest.</summary>
/// <param name="Dim">The dimension.</param>
/// <param name="Descending">Whether the largest comes first.</param>
public sealed record SortOp(int Dim, bool Descending = false) : OrderOp(Dim)
{
    /// <summary>Applies the op.</summary>
    public (Tensor Values, Tensor Indices) Apply(Tensor x)
    {
        _ = Size(x);
        return Run(x, x.Shape);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        OrderCalls.Run(x[0], Dim, Ordered.First, Size(x[0]), Descending, outputs[0], outputs[1]);
}

public static partial class TensorOps
{
    /// <summary>The positions that would sort a dimension; equal elements keep their order, and not-a-number counts as the largest.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <param name="dim">The dimension along which is sorted; −1 is the last.</param>
    /// <param name="descending">Whether the largest come first.</param>
    /// <returns>Positions from 0 on, as int64.</returns>
    /// <example><code>
    /// Tensor x = [[3, 1, 2]];
    /// Console.WriteLine(x.ArgSort());
    /// // →  1  2  0
    /// // → [ int64 [1, 3] ]
    /// </code></example>
    public static Tensor ArgSort(this Tensor x, int dim = -1, bool descending = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Detach().Sort(dim, descending).Indices;
    }

    /// <summary>
    /// The sorted values along a dimension, and where they stood; equal elements keep their order, and not-a-number counts as the largest.
    /// </summary>
    /// <param name="x">Numbers of any shape, which the results keep.</param>
    /// <param name="dim">The dimension along which is sorted; −1 is the last.</param>
    /// <param name="descending">Whether the largest come first.</param>
    /// <example><code>
    /// Tensor x = [[3, 1, 2]];
    /// var (values, indices) = x.Sort();
    /// Console.WriteLine(values);
    /// // →  1  2  3
    /// // → [ int64 [1, 3] ]
    /// Console.WriteLine(indices);
    /// // →  1  2  0
    /// // → [ int64 [1, 3] ]
    /// </code></example>
    public static (Tensor Values, Tensor Indices) Sort(this Tensor x, int dim = -1, bool descending = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new SortOp(x.Shape.Dim(dim), descending).Apply(x);
    }
}
