namespace Candeia;

public static partial class TensorOps
{
    /// <summary>log Σ eˣ along some dimensions, without overflow; −∞ of nothing.</summary>
    public static Tensor LogSumExp(this Tensor x, ReadOnlySpan<int> dims, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        var dtype = x.DType.Fractional();
        x = x.To(dtype.Wide());
        if (x.Numel == 0) return x.Exp().Sum(dims, keepDim).Log().To(dtype);
        var max = x.Detach().Amax(dims, keepDim: true);
        max = max.IsFinite().Where(max, Tensor.ZerosLike(max));
        var sum = (x - max).Exp().Sum(dims, keepDim: true).Log() + max;
        return (keepDim ? sum : sum.Sum(dims)).To(dtype);
    }
}
