namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Inserts a dimension of size 1 before dimension <paramref name="dim"/>; −1 appends it.</summary>
    public static Tensor Unsqueeze(this Tensor x, int dim)
    {
        ArgumentNullException.ThrowIfNull(x);
        int at = dim < 0 ? dim + x.Rank + 1 : dim;
        if (at < 0 || at > x.Rank) throw new ArgumentOutOfRangeException(nameof(dim), $"Unsqueeze of {x.Shape} takes a dimension from {-x.Rank - 1} to {x.Rank}, not {dim}.");
        return x.Reshape(x.Shape.Insert(at, 1));
    }
}
