namespace Candeia;

public static partial class TensorOps
{
    /// <summary>A copy with the order along some dimensions reversed.</summary>
    /// <param name="x">A tensor of any shape, which the result keeps.</param>
    /// <param name="dims">The dimensions that are reversed; −1 is the last.</param>
    /// <exception cref="ArgumentException">A dimension is named twice, or does not exist.</exception>
    /// <example><code>
    /// Tensor x = [[1, 2, 3], [4, 5, 6]];
    /// Console.WriteLine(x.Flip(1));
    /// // →  3  2  1
    /// // →  6  5  4
    /// // → [ int64 [2, 3] ]
    /// </code></example>
    public static Tensor Flip(this Tensor x, params ReadOnlySpan<int> dims)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 0) return x.Clone();
        bool[] turned = new bool[x.Rank];
        foreach (int dim in dims)
        {
            int d = x.Shape.Dim(dim), size = x.Shape[d];
            if (turned[d]) throw new ArgumentException($"Dimension {dim} of {x.Shape} is named twice.");
            turned[d] = true;
            if (size > 0) x = new SliceOp(d, size - 1, size, -1).Apply(x);
        }
        return x.Clone();
    }
}
