namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Inserts a dimension of size 1 before dimension <paramref name="dim"/>; −1 appends it.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="dim">Where the new dimension stands: 0 makes it the first, −1 the last.</param>
    /// <returns>A view: [2, 3] with dimension 1 inserted is [2, 1, 3].</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    /// <example><code>
    /// var x = Tensor.Zeros([2, 3]);
    /// Console.WriteLine(x.Unsqueeze(1).Shape);      // → [2, 1, 3]
    /// Console.WriteLine(x.Unsqueeze(-1).Shape);      // → [2, 3, 1]
    /// </code></example>
    public static Tensor Unsqueeze(this Tensor x, int dim)
    {
        ArgumentNullException.ThrowIfNull(x);
        int at = dim < 0 ? dim + x.Rank + 1 : dim;
        if (at < 0 || at > x.Rank) throw new ArgumentOutOfRangeException(nameof(dim), $"Unsqueeze of {x.Shape} takes a dimension from {-x.Rank - 1} to {x.Rank}, not {dim}.");
        return x.Reshape(x.Shape.Insert(at, 1));
    }
}
