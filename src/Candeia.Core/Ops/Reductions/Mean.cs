namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The mean along some dimensions, or of all elements if none is named.</summary>
    /// <exception cref="ArgumentException">The elements are not floating-point numbers.</exception>
    public static Tensor Mean(this Tensor x, params ReadOnlySpan<int> dims) => x.Mean(dims, keepDim: false);

    /// <summary>The mean along some dimensions, which stay with size 1 if asked.</summary>
    /// <exception cref="ArgumentException">The elements are not floating-point numbers.</exception>
    public static Tensor Mean(this Tensor x, ReadOnlySpan<int> dims, bool keepDim)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"The mean of {x.DType} is not defined; convert with To(DType.Float32).");
        var sum = x.Sum(dims, keepDim);
        return sum * Tensor.Number((double)sum.Numel / x.Numel, sum.DType);
    }
}
