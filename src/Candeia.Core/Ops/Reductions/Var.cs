namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The variance along some dimensions (all, if none is named), with n − <paramref name="correction"/> in the denominator; of complex
    /// numbers that of both parts together, which is real.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dims">The dimensions that disappear; all, if none is named. −1 is the last.</param>
    /// <param name="correction">
    /// What is taken from the number of elements that is divided by: 1 for a sample, 0 where the elements are all that there are.
    /// </param>
    /// <param name="keepDim">Whether these dimensions stay, with size 1, so that the result stretches to <paramref name="x"/> again.</param>
    /// <exception cref="ArgumentException">The elements have no fractions.</exception>
    /// <example><code>
    /// Tensor x = [[1.0, 3], [2, 6]];
    /// Console.WriteLine(x.Var([1]));
    /// // →  2
    /// // →  8
    /// // → [ float32 [2] ]
    /// </code></example>
    public static Tensor Var(this Tensor x, ReadOnlySpan<int> dims = default, double correction = 1, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Spread(x, dims, correction, keepDim).To(x.DType.Real());
    }

    /// <summary>The standard deviation along some dimensions (all, if none is named). The gradient of none is zero.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dims">The dimensions that disappear; all, if none is named. −1 is the last.</param>
    /// <param name="correction">
    /// What is taken from the number of elements that is divided by: 1 for a sample, 0 where the elements are all that there are.
    /// </param>
    /// <param name="keepDim">Whether these dimensions stay, with size 1, so that the result stretches to <paramref name="x"/> again.</param>
    /// <exception cref="ArgumentException">The elements have no fractions.</exception>
    /// <example><code>
    /// Tensor x = [[1.0, 3], [2, 8]];
    /// Console.WriteLine(x.Std([1], correction: 0));
    /// // →  1
    /// // →  3
    /// // → [ float32 [2] ]
    /// </code></example>
    public static Tensor Std(this Tensor x, ReadOnlySpan<int> dims = default, double correction = 1, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        return AwayFromZero(Spread(x, dims, correction, keepDim), s => s.Sqrt()).To(x.DType.Real());
    }

    /// <summary>The variance and the mean along some dimensions (all, if none is named), with n − <paramref name="correction"/> in the variance's denominator.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dims">The dimensions; all, if none is named.</param>
    /// <param name="correction">What is subtracted from the number of elements in the denominator: 1 for a sample, 0 for all there is.</param>
    /// <param name="keepDim">Whether the dimensions stay, with size 1.</param>
    /// <exception cref="ArgumentException">The elements are no floating-point numbers.</exception>
    /// <example><code>Tensor x = [1.0, 3]; var (variance, mean) = x.VarMean();          // 2 and 2</code></example>
    public static (Tensor Var, Tensor Mean) VarMean(this Tensor x, ReadOnlySpan<int> dims = default, double correction = 1, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        var (spread, mean) = Moments(x, dims, correction, keepDim);
        return (spread.To(x.DType.Real()), mean.To(x.DType));
    }

    /// <summary>The standard deviation and the mean along some dimensions (all, if none is named). The gradient of no deviation is zero.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dims">The dimensions; all, if none is named.</param>
    /// <param name="correction">What is subtracted from the number of elements in the denominator: 1 for a sample, 0 for all there is.</param>
    /// <param name="keepDim">Whether the dimensions stay, with size 1.</param>
    /// <exception cref="ArgumentException">The elements are no floating-point numbers.</exception>
    /// <example><code>Tensor x = [1.0, 3]; var (deviation, mean) = x.StdMean();         // 1.4142 and 2</code></example>
    public static (Tensor Std, Tensor Mean) StdMean(this Tensor x, ReadOnlySpan<int> dims = default, double correction = 1, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        var (spread, mean) = Moments(x, dims, correction, keepDim);
        return (AwayFromZero(spread, s => s.Sqrt()).To(x.DType.Real()), mean.To(x.DType));
    }

    /// <summary>The variance in the type that is computed with.</summary>
    static Tensor Spread(Tensor x, ReadOnlySpan<int> dims, double correction, bool keepDim) => Moments(x, dims, correction, keepDim).Spread;

    /// <summary>Both in the type that is computed with.</summary>
    internal static (Tensor Spread, Tensor Mean) Moments(Tensor x, ReadOnlySpan<int> dims, double correction, bool keepDim)
    {
        if (!x.DType.HasGradients()) throw new ArgumentException($"The variance of {x.DType} is not defined; convert with To(DType.{Tensor.DefaultDType}).");
        var sums = x.WideSum(dims, keepDim: true);
        var mean = sums * Tensor.Number((double)sums.Numel / x.Numel, sums.DType);
        var squares = Squares(x, mean, dims, keepDim);
        double n = squares.Numel == 0 ? 0 : (double)x.Numel / squares.Numel;
        return (squares * (1 / Math.Max(0, n - correction)), keepDim ? mean : mean.Reshape(squares.Shape.Sizes));
    }

    /// <summary>The squares of the distances from the mean, added up in the type that is computed with.</summary>
    static Tensor Squares(Tensor x, Tensor mean, ReadOnlySpan<int> dims, bool keepDim)
    {
        if (x.DType.IsFloatingPoint()) return new PowersOp(dims, 2, keepDim).Apply(x, mean);
        var away = x.To(mean.DType) - mean;
        return (away.DType.IsComplex() ? (away * away.Conj()).Real() : away.Square()).Sum(dims, keepDim);
    }
}
