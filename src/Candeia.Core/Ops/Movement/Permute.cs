namespace Candeia;

/// <summary>The dimensions in another order.</summary>
/// <param name="Dims">For each dimension of the result, which of the input it is.</param>
public sealed record PermuteOp(Dims Dims) : ViewOp
{
    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        int[] inverse = new int[Dims.Count];
        for (int i = 0; i < inverse.Length; i++) inverse[Dims[i]] = i;
        return [grad.Permute(inverse)];
    }

    /// <summary>A view.</summary>
    /// <exception cref="ArgumentException">Not every dimension is named exactly once.</exception>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        int[] sizes = new int[Dims.Count];
        long[] strides = new long[Dims.Count];
        if (sizes.Length != x.Rank || !IsOrder()) throw new ArgumentException($"Permute of {x.Shape} needs each of its {x.Rank} dimensions once, not {Dims}.");
        for (int i = 0; i < Dims.Count; i++) (sizes[i], strides[i]) = (x.Shape[Dims[i]], x.Layout.Strides[Dims[i]]);
        return View(x, new(new(sizes), strides, x.Layout.Offset));
    }

    bool IsOrder()
    {
        Span<bool> named = stackalloc bool[Dims.Count];
        foreach (int dim in (ReadOnlySpan<int>)Dims)
        {
            if (dim < 0 || dim >= named.Length || named[dim]) return false;
            named[dim] = true;
        }
        return true;
    }
}

public static partial class TensorOps
{
    /// <summary>The dimensions in another order, as a view.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="dims">All its dimensions, in the order that the result has.</param>
    /// <returns>A view: [2, 3, 4] in the order 2, 0, 1 is [4, 2, 3].</returns>
    /// <exception cref="ArgumentException">Not every dimension is named exactly once.</exception>
    /// <example><code>
    /// var x = Tensor.Zeros([2, 3, 4]);
    /// Console.WriteLine(x.Permute(2, 0, 1).Shape);      // → [4, 2, 3]
    /// </code></example>
    public static Tensor Permute(this Tensor x, params ReadOnlySpan<int> dims)
    {
        ArgumentNullException.ThrowIfNull(x);
        int[] order = new int[dims.Length];
        for (int i = 0; i < order.Length; i++) order[i] = x.Shape.Dim(dims[i]);
        return new PermuteOp(order).Apply(x);
    }

    /// <summary>Two dimensions exchanged, as a view.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="dim0">One of the two dimensions; −1 is the last.</param>
    /// <param name="dim1">The other.</param>
    /// <returns>A view: dimensions 0 and 1 of [2, 3] exchanged are [3, 2].</returns>
    /// <example><code>
    /// Tensor x = [[1, 2, 3], [4, 5, 6]];
    /// Console.WriteLine(x.Transpose(0, 1));
    /// // →  1  4
    /// // →  2  5
    /// // →  3  6
    /// // → [ int64 [3, 2] ]
    /// </code></example>
    public static Tensor Transpose(this Tensor x, int dim0, int dim1)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 0) return x;
        int[] order = new int[x.Rank];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        (int a, int b) = (x.Shape.Dim(dim0), x.Shape.Dim(dim1));
        (order[a], order[b]) = (b, a);
        return new PermuteOp(order).Apply(x);
    }

    /// <summary>A matrix with rows and columns exchanged, as a view; a vector or a number is itself.</summary>
    /// <param name="x">A matrix [rows, columns], a vector or a number.</param>
    /// <exception cref="ShapeException">The tensor has more than two dimensions.</exception>
    /// <example><code>
    /// Tensor x = [[1, 2, 3], [4, 5, 6]];
    /// Console.WriteLine(x.T());
    /// // →  1  4
    /// // →  2  5
    /// // →  3  6
    /// // → [ int64 [3, 2] ]
    /// </code></example>
    public static Tensor T(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank > 2) throw new ShapeException($"T() exchanges the dimensions of a matrix, not of {x.Shape}; name two of them in Transpose(dim0, dim1).");
        return x.Transpose(0, -1);
    }
}
