namespace Candeia;

public static partial class TensorOps
{
    /// <summary>log Σ eˣ along some dimensions, without overflow; −∞ of nothing.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dims">The dimensions that disappear; all, if the list is empty. −1 is the last.</param>
    /// <param name="keepDim">Whether these dimensions stay, with size 1, so that the result stretches to <paramref name="x"/> again.</param>
    /// <example><code>
    /// Tensor x = [[1000, 1000], [0, 0]];
    /// Console.WriteLine(x.LogSumExp([1]));
    /// // →  1000.6932
    /// // →     0.6931
    /// // → [ float32 [2] ]
    /// </code></example>
    public static Tensor LogSumExp(this Tensor x, ReadOnlySpan<int> dims, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        var dtype = x.DType.Fractional();
        using var between = Between.Of(x);
        x = x.To(dtype.Wide());
        if (x.Numel == 0) return between.Keep(x.Exp().Sum(dims, keepDim).Log().To(dtype));
        var max = x.Detach().Amax(dims, keepDim: true);
        max = max.IsFinite().Where(max, Tensor.ZerosLike(max));
        var sum = (x - max).Exp().Sum(dims, keepDim: true).Log() + max;
        return between.Keep((keepDim ? sum : sum.Sum(dims)).To(dtype));
    }
}
