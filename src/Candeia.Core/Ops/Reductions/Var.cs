namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The variance along some dimensions (all, if none is named), with n − <paramref name="correction"/> in the denominator.</summary>
    public static Tensor Var(this Tensor x, ReadOnlySpan<int> dims = default, double correction = 1, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        var squares = (x - x.Mean(dims, keepDim: true)).Square().Sum(dims, keepDim);
        double n = squares.Numel == 0 ? 0 : (double)x.Numel / squares.Numel;
        return squares * (1 / Math.Max(0, n - correction));
    }

    /// <summary>The standard deviation along some dimensions (all, if none is named).</summary>
    public static Tensor Std(this Tensor x, ReadOnlySpan<int> dims = default, double correction = 1, bool keepDim = false) => x.Var(dims, correction, keepDim).Sqrt();
}
