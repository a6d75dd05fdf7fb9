namespace Candeia;

public static partial class TensorOps
{
    /// <summary>A copy with the order along some dimensions reversed.</summary>
    public static Tensor Flip(this Tensor x, params ReadOnlySpan<int> dims)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Numel == 0 || x.Rank == 0) return x.Clone();
        foreach (int dim in dims)
        {
            int d = x.Shape.Dim(dim), size = x.Shape[d];
            x = new SliceOp(d, size - 1, size, -1).Apply(x);
        }
        return x.Clone();
    }
}
