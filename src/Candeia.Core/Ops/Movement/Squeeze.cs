namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Removes all dimensions of size 1.</summary>
    public static Tensor Squeeze(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Reshape([.. x.Shape.Where(size => size != 1)]);
    }

    /// <summary>Removes those of some dimensions whose size is 1.</summary>
    public static Tensor Squeeze(this Tensor x, params ReadOnlySpan<int> dims)
    {
        ArgumentNullException.ThrowIfNull(x);
        bool[] named = new bool[Math.Max(1, x.Rank)];
        foreach (int dim in dims) named[x.Shape.Dim(dim)] = true;
        return x.Reshape([.. x.Shape.Where((size, d) => size != 1 || !named[d])]);
    }
}
