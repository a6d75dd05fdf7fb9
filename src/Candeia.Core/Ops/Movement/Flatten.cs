namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Merges the dimensions from <paramref name="startDim"/> to <paramref name="endDim"/> into one.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="startDim">The first dimension that is merged.</param>
    /// <param name="endDim">The last; −1 is the last of all.</param>
    /// <returns>A view where the layout allows it: [2, 3, 4] from dimension 1 on is [2, 12].</returns>
    /// <exception cref="ArgumentException">The first comes after the last.</exception>
    /// <exception cref="ShapeException">Together they would be more than a size can be.</exception>
    /// <example><code>
    /// var images = Tensor.Zeros([8, 3, 4, 4]);
    /// Console.WriteLine(images.Flatten(startDim: 1).Shape);      // → [8, 48]
    /// </code></example>
    public static Tensor Flatten(this Tensor x, int startDim = 0, int endDim = -1)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 0) return x.Reshape(1);
        int start = x.Shape.Dim(startDim), end = x.Shape.Dim(endDim);
        if (start > end) throw new ArgumentException($"Flatten needs startDim ≤ endDim, not {startDim} and {endDim}.");
        long merged = x.Shape.Slice(start, end - start + 1).Numel;
        if (merged > int.MaxValue) throw new ShapeException($"Dimensions {start} to {end} of {x.Shape} have {merged} elements together, more than a size can be; leave some of them out.");
        return x.Reshape([.. x.Shape.Sizes[..start], (int)merged, .. x.Shape.Sizes[(end + 1)..]]);
    }
}
