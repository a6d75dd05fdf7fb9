namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The variance along some dimensions (all, if none is named), with n − <paramref name="correction"/> in the denominator.</summary>
    /// <exception cref="ArgumentException">The elements are no floating-point numbers.</exception>
    public static Tensor Var(this Tensor x, ReadOnlySpan<int> dims = default, double correction = 1, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Spread(x, dims, correction, keepDim).To(x.DType);
    }

    /// <summary>The standard deviation along some dimensions (all, if none is named). The gradient of none is zero.</summary>
    /// <exception cref="ArgumentException">The elements are no floating-point numbers.</exception>
    public static Tensor Std(this Tensor x, ReadOnlySpan<int> dims = default, double correction = 1, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        return AwayFromZero(Spread(x, dims, correction, keepDim), s => s.Sqrt()).To(x.DType);
    }

    /// <summary>The variance in the type that is computed with.</summary>
    static Tensor Spread(Tensor x, ReadOnlySpan<int> dims, double correction, bool keepDim)
    {
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"The variance of {x.DType} is not defined; convert with To(DType.{Tensor.DefaultDType}).");
        x = x.To(x.DType.Wide());
        var squares = (x - x.Mean(dims, keepDim: true)).Square().Sum(dims, keepDim);
        double n = squares.Numel == 0 ? 0 : (double)x.Numel / squares.Numel;
        return squares * (1 / Math.Max(0, n - correction));
    }
}
