namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Merges the dimensions from <paramref name="startDim"/> to <paramref name="endDim"/> into one.</summary>
    public static Tensor Flatten(this Tensor x, int startDim = 0, int endDim = -1)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 0) return x.Reshape(1);
        int start = x.Shape.Dim(startDim), end = x.Shape.Dim(endDim);
        if (start > end) throw new ArgumentException($"Flatten needs startDim ≤ endDim, not {startDim} and {endDim}.");
        long merged = x.Shape.Slice(start, end - start + 1).Numel;
        return x.Reshape([.. x.Shape.Sizes[..start], checked((int)merged), .. x.Shape.Sizes[(end + 1)..]]);
    }
}
