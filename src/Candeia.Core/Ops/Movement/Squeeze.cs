namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Removes all dimensions of size 1.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <returns>A view where the layout allows it: [1, 3, 1] is [3] afterwards.</returns>
    /// <example><code>
    /// Console.WriteLine(Tensor.Zeros([1, 3, 1]).Squeeze().Shape);      // → [3]
    /// </code></example>
    public static Tensor Squeeze(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Reshape([.. x.Shape.Where(size => size != 1)]);
    }

    /// <summary>Removes those of some dimensions whose size is 1.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="dims">The dimensions that are removed if their size is 1; −1 is the last.</param>
    /// <returns>A view where the layout allows it: [1, 3, 1] without dimension 0 is [3, 1].</returns>
    public static Tensor Squeeze(this Tensor x, params ReadOnlySpan<int> dims)
    {
        ArgumentNullException.ThrowIfNull(x);
        bool[] named = new bool[Math.Max(1, x.Rank)];
        foreach (int dim in dims) named[x.Shape.Dim(dim)] = true;
        return x.Reshape([.. x.Shape.Where((size, d) => size != 1 || !named[d])]);
    }
}
