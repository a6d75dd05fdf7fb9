namespace Candeia;

public static partial class TensorOps
{
    /// <summary>In training, zeros with probability <paramref name="p"/> and the rest divided by 1 − p; otherwise the input itself.</summary>
    /// <param name="x">The input.</param>
    /// <param name="p">The probability of a zero.</param>
    /// <param name="training">Whether to drop anything. There is no default: a dropout that stays on in evaluation is a common fault.</param>
    /// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
    public static Tensor Dropout(this Tensor x, double p, bool training, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (p is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(p), $"A probability lies between 0 and 1, not {p}.");
        if (!training || p == 0) return x;
        var mask = Tensor.Empty(x.Shape, DType.UInt8);
        (generator ?? Generator.Default).FillBernoulli(mask.Span<byte>(), 1 - p);
        return x * (mask.To(x.DType) * (p == 1 ? 0 : 1 / (1 - p))).To(x.Device);
    }
}
