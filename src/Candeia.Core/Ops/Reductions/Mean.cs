namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The mean along some dimensions, or of all elements if none is named.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dims">The dimensions that disappear; all, if none is named. −1 is the last.</param>
    /// <returns>Along dimension 1, [2, 3] gives [2].</returns>
    /// <exception cref="ArgumentException">The elements have no fractions.</exception>
    /// <example><code>
    /// Tensor x = [[1.0, 2], [3, 5]];
    /// Console.WriteLine(x.Mean().Item());      // → 2.75
    /// Console.WriteLine(x.Mean(1));
    /// // →  1.5000
    /// // →  4.0000
    /// // → [ float32 [2] ]
    /// </code></example>
    public static Tensor Mean(this Tensor x, params ReadOnlySpan<int> dims) => x.Mean(dims, keepDim: false);

    /// <summary>
    /// The mean along some dimensions, which stay with size 1 if asked; of another type if asked, to which the elements are converted first.
    /// </summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dims">The dimensions that disappear; all, if the list is empty. −1 is the last.</param>
    /// <param name="keepDim">Whether these dimensions stay, with size 1, so that the result stretches to <paramref name="x"/> again.</param>
    /// <param name="dtype">The type of the result; that of <paramref name="x"/>, if none is named.</param>
    /// <exception cref="ArgumentException">The elements have no fractions, and no type that has is asked for.</exception>
    public static Tensor Mean(this Tensor x, ReadOnlySpan<int> dims, bool keepDim, DType? dtype = null)
    {
        x = As(x, dtype);
        if (!x.DType.HasGradients()) throw new ArgumentException($"The mean of {x.DType} is not defined; name a type with fractions: dtype: DType.{Tensor.DefaultDType}.");
        var sum = x.WideSum(dims, keepDim);
        return (sum * Tensor.Number((double)sum.Numel / x.Numel, sum.DType)).To(x.DType);
    }

    /// <summary>The mean of all elements, converted to a type first.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dtype">The type of the result.</param>
    /// <exception cref="ArgumentException">The type has no fractions.</exception>
    public static Tensor Mean(this Tensor x, DType dtype) => x.Mean([], keepDim: false, dtype);
}
