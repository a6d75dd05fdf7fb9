namespace Candeia;

public static partial class TensorOps
{
    /// <summary>(Σ |x|ᵖ)^(1/p) along some dimensions (all, if none is named); p = ∞ is the largest absolute value.</summary>
    public static Tensor Norm(this Tensor x, double p = 2, ReadOnlySpan<int> dims = default, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        return p switch
        {
            2 => x.Square().Sum(dims, keepDim).Sqrt(),
            1 => x.Abs().Sum(dims, keepDim),
            double.PositiveInfinity => x.Abs().Amax(dims, keepDim),
            0 => x.Ne(0).To(x.DType).Sum(dims, keepDim),
            _ => x.Abs().Pow(p).Sum(dims, keepDim).Pow(1 / p),
        };
    }
}
