namespace Candeia;

public static partial class TensorOps
{
    /// <summary>How large a vector is: (Σ |x|ᵖ)^(1/p) along some dimensions (all, if none is named). The gradient at zero is zero.</summary>
    /// <param name="x">Numbers of any shape, with fractions or complex.</param>
    /// <param name="p">
    /// Which norm: 2 is the length, 1 the sum of the absolute values, ∞ the largest of them, −∞ the smallest; 0 counts what is not zero.
    /// </param>
    /// <param name="dims">The dimensions that disappear; all, if none is named. −1 is the last.</param>
    /// <param name="keepDim">Whether these dimensions stay, with size 1, so that the result stretches to <paramref name="x"/> again.</param>
    /// <exception cref="ArgumentException">The elements have no fractions.</exception>
    /// <example><code>
    /// Tensor x = [[3.0, 4], [5, 12]];
    /// Console.WriteLine(x.Norm(dims: [1]));
    /// // →   5
    /// // →  13
    /// // → [ float32 [2] ]
    /// </code></example>
    public static Tensor Norm(this Tensor x, double p = 2, ReadOnlySpan<int> dims = default, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!x.DType.HasGradients()) throw new ArgumentException($"The norm of {x.DType} is not defined; convert with To(DType.{Tensor.DefaultDType}).");
        var dtype = x.DType.Real();
        if (x.DType.IsComplex()) x = x.To(x.DType.Wide()).Abs();
        return (p switch
        {
            2 => AwayFromZero(Powers(x, p, dims, keepDim), s => s.Sqrt()),
            1 => Powers(x, p, dims, keepDim),
            double.PositiveInfinity => x.Abs().Amax(dims, keepDim),
            double.NegativeInfinity => x.Abs().Amin(dims, keepDim),
            0 => x.Ne(0).Sum(dims, keepDim),
            _ => AwayFromZero(Powers(x, p, dims, keepDim), s => s.Pow(1 / p)),
        }).To(dtype);
    }

    /// <summary>Σ |x|ᵖ in the type that is computed with.</summary>
    static Tensor Powers(Tensor x, double p, ReadOnlySpan<int> dims, bool keepDim)
    {
        if (p is 1 or 2 || x.DType != x.DType.Wide()) return new PowersOp(dims, p, keepDim).Apply(x);
        return x.Abs().Pow(p).Sum(dims, keepDim);
    }

    /// <summary>A root, whose infinite slope at zero would make NaN of the zeros that it meets in a gradient.</summary>
    static Tensor AwayFromZero(Tensor sum, Func<Tensor, Tensor> root)
    {
        if (!sum.RequiresGrad) return root(sum);
        var zero = sum.Eq(0);
        return root(sum.MaskedFill(zero, 1)).MaskedFill(zero, 0);
    }
}
