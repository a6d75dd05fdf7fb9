using Candeia.Kernels;

namespace Candeia;

/// <summary>The largest or smallest values along a dimension, and where they stood: of equal ones the first, and not-a-number counts as the largest.</summary>
/// <param name="K">How many.</param>
/// <param name="Dim">The dimension.</param>
/// <param name="Largest">Whether the largest.</param>
/// <param name="Sorted">Whether in order.</param>
public sealed record TopKOp(int K, int Dim, bool Largest = true, bool Sorted = true) : OrderOp(Dim)
{
    /// <summary>Applies the op.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The dimension has fewer elements.</exception>
    public (Tensor Values, Tensor Indices) Apply(Tensor x)
    {
        int size = Size(x);
        if (K < 0 || K > size) throw new ArgumentOutOfRangeException(nameof(x), $"TopK finds 0 … {size} values along dimension {Dim} of {x.Shape}, not {K}.");
        return Run(x, With(x.Shape, x.Rank == 0 ? 1 : K));
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        OrderCalls.Run(x[0], Dim, Sorted ? Ordered.First : Ordered.Some, x[0].Rank == 0 ? 1 : K, Largest, outputs[0], outputs[1]);
}

public static partial class TensorOps
{
    /// <summary>The <paramref name="k"/> largest (or smallest) values along a dimension, and where they stood: of equal ones the first.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="k">How many are taken.</param>
    /// <param name="dim">The dimension along which is looked, and whose size becomes <paramref name="k"/>; −1 is the last.</param>
    /// <param name="largest">Whether the largest are taken, and not the smallest.</param>
    /// <param name="sorted">Whether they come in order.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension has fewer elements.</exception>
    /// <example><code>
    /// Tensor scores = [[0.1, 0.7, 0.2]];
    /// var (values, indices) = scores.TopK(2);
    /// Console.WriteLine(values);
    /// // →  0.7000  0.2000
    /// // → [ float32 [1, 2] ]
    /// Console.WriteLine(indices);
    /// // →  1  2
    /// // → [ int64 [1, 2] ]
    /// </code></example>
    public static (Tensor Values, Tensor Indices) TopK(this Tensor x, int k, int dim = -1, bool largest = true, bool sorted = true)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new TopKOp(k, x.Shape.Dim(dim), largest, sorted).Apply(x);
    }
}
