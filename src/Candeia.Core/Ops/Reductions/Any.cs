namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Whether some element along the dimensions (all, if none is named) is true, or not 0.</summary>
    /// <param name="x">Truth values, or numbers, of which those that are not 0 are true.</param>
    /// <param name="dims">The dimensions that disappear; all, if none is named. −1 is the last.</param>
    /// <returns>A mask: along dimension 1, [2, 3] gives [2].</returns>
    /// <example><code>
    /// Tensor x = [[0, 1], [0, 0]];
    /// Console.WriteLine(x.Any(1));
    /// // →  1
    /// // →  0
    /// // → [ bool [2] ]
    /// </code></example>
    public static Tensor Any(this Tensor x, params ReadOnlySpan<int> dims) => x.Any(dims, keepDim: false);

    /// <summary>Whether some element along the dimensions, which stay with size 1 if asked, is true, or not 0.</summary>
    /// <param name="x">Truth values, or numbers, of which those that are not 0 are true.</param>
    /// <param name="dims">The dimensions along which is looked; all, if the list is empty. −1 is the last.</param>
    /// <param name="keepDim">Whether these dimensions stay, with size 1, so that the result stretches to <paramref name="x"/> again.</param>
    public static Tensor Any(this Tensor x, ReadOnlySpan<int> dims, bool keepDim)
    {
        var mask = Truth(x);
        return mask.Numel == 0 ? mask.Sum(dims, keepDim) > 0 : mask.Amax(dims, keepDim);
    }

    /// <summary>Whether every element along the dimensions (all, if none is named) is true, or not 0.</summary>
    /// <param name="x">Truth values, or numbers, of which those that are not 0 are true.</param>
    /// <param name="dims">The dimensions that disappear; all, if none is named. −1 is the last.</param>
    /// <returns>A mask: along dimension 1, [2, 3] gives [2].</returns>
    /// <example><code>
    /// Tensor x = [[1, 1], [1, 0]];
    /// Console.WriteLine(x.All(1));
    /// // →  1
    /// // →  0
    /// // → [ bool [2] ]
    /// </code></example>
    public static Tensor All(this Tensor x, params ReadOnlySpan<int> dims) => x.All(dims, keepDim: false);

    /// <summary>Whether every element along the dimensions, which stay with size 1 if asked, is true, or not 0.</summary>
    /// <param name="x">Truth values, or numbers, of which those that are not 0 are true.</param>
    /// <param name="dims">The dimensions along which is looked; all, if the list is empty. −1 is the last.</param>
    /// <param name="keepDim">Whether these dimensions stay, with size 1, so that the result stretches to <paramref name="x"/> again.</param>
    public static Tensor All(this Tensor x, ReadOnlySpan<int> dims, bool keepDim)
    {
        var mask = Truth(x);
        return mask.Numel == 0 ? (!mask).Sum(dims, keepDim).Eq(0) : mask.Amin(dims, keepDim);
    }

    static Tensor Truth(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.DType == DType.Bool ? x : x.Ne(Tensor.Number(0, DType.Bool));
    }
}
