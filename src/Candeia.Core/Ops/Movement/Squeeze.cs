namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Removes all dimensions of size 1.</summary>
    public static Tensor Squeeze(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Reshape([.. x.Shape.Where(size => size != 1)]);
    }

    /// <summary>Removes one dimension if its size is 1.</summary>
    public static Tensor Squeeze(this Tensor x, int dim)
    {
        ArgumentNullException.ThrowIfNull(x);
        int at = x.Shape.Dim(dim);
        return x.Rank > 0 && x.Shape[at] == 1 ? x.Reshape(x.Shape.Remove(at)) : x;
    }
}
