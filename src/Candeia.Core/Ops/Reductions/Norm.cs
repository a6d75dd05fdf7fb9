namespace Candeia;

public static partial class TensorOps
{
    /// <summary>(Σ |x|ᵖ)^(1/p) along some dimensions (all, if none is named); p = ∞ is the largest absolute value, −∞ the smallest, 0 counts what is not zero. The gradient at zero is zero.</summary>
    /// <exception cref="ArgumentException">The elements have no fractions.</exception>
    public static Tensor Norm(this Tensor x, double p = 2, ReadOnlySpan<int> dims = default, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!x.DType.HasGradients()) throw new ArgumentException($"The norm of {x.DType} is not defined; convert with To(DType.{Tensor.DefaultDType}).");
        var dtype = x.DType.Real();
        x = x.To(x.DType.Wide());
        if (x.DType.IsComplex()) x = x.Abs();
        return (p switch
        {
            2 => AwayFromZero(x.Square().Sum(dims, keepDim), s => s.Sqrt()),
            1 => x.Abs().Sum(dims, keepDim),
            double.PositiveInfinity => x.Abs().Amax(dims, keepDim),
            double.NegativeInfinity => x.Abs().Amin(dims, keepDim),
            0 => x.Ne(0).To(x.DType).Sum(dims, keepDim),
            _ => AwayFromZero(x.Abs().Pow(p).Sum(dims, keepDim), s => s.Pow(1 / p)),
        }).To(dtype);
    }

    /// <summary>A root, whose infinite slope at zero would make NaN of the zeros that it meets in a gradient.</summary>
    static Tensor AwayFromZero(Tensor sum, Func<Tensor, Tensor> root)
    {
        var zero = sum.Eq(0);
        return root(sum.MaskedFill(zero, 1)).MaskedFill(zero, 0);
    }
}
