namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The mean along some dimensions, or of all elements if none is named.</summary>
    /// <exception cref="ArgumentException">The elements have no fractions.</exception>
    public static Tensor Mean(this Tensor x, params ReadOnlySpan<int> dims) => x.Mean(dims, keepDim: false);

    /// <summary>The mean along some dimensions, which stay with size 1 if asked; of another type if asked, to which the elements are converted first.</summary>
    /// <exception cref="ArgumentException">The elements have no fractions, and no type that has is asked for.</exception>
    public static Tensor Mean(this Tensor x, ReadOnlySpan<int> dims, bool keepDim, DType? dtype = null)
    {
        x = As(x, dtype);
        if (!x.DType.HasGradients()) throw new ArgumentException($"The mean of {x.DType} is not defined; name a type with fractions: dtype: DType.{Tensor.DefaultDType}.");
        var sum = x.To(x.DType.Wide()).Sum(dims, keepDim);
        return (sum * Tensor.Number((double)sum.Numel / x.Numel, sum.DType)).To(x.DType);
    }

    /// <summary>The mean of all elements, converted to a type first.</summary>
    /// <exception cref="ArgumentException">The type has no fractions.</exception>
    public static Tensor Mean(this Tensor x, DType dtype) => x.Mean([], keepDim: false, dtype);
}
