namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The cross-correlation of signals [n, in, l], or of one [in, l], with weights [out, in / groups, k], plus a bias [out].</summary>
    /// <param name="x">Signals [n, in, l] or [in, l].</param>
    /// <param name="weight">The window's weights [out, in / groups, k].</param>
    /// <param name="bias">A number for each output channel [out]; nothing is added, if there is none.</param>
    /// <param name="stride">How far the window moves.</param>
    /// <param name="padding">Zeros around the input: a number of them, <see cref="ConvPadding.Same"/> or <see cref="ConvPadding.Valid"/>.</param>
    /// <param name="dilation">How far apart the window's points are; 1 makes them neighbours.</param>
    /// <param name="groups">Into how many independent parts the channels are divided.</param>
    /// <returns>[n, out, l'].</returns>
    /// <exception cref="ShapeException">Channels, groups or sizes do not fit.</exception>
    /// <exception cref="ArgumentException">
    /// The element types differ or have no fractions, a stride or dilation is not at least 1, or a padding is negative.
    /// </exception>
    /// <example><code>
    /// Tensor signal = Tensor.Randn([1, 2, 10]), weight = Tensor.Randn([4, 2, 3]);
    /// Console.WriteLine(signal.Conv1d(weight, padding: 1).Shape);      // → [1, 4, 10]
    /// </code></example>
    public static Tensor Conv1d(this Tensor x, Tensor weight, Tensor? bias = null, int stride = 1, ConvPadding? padding = null, int dilation = 1, int groups = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        if (x.Rank == 2) return x.Unsqueeze(0).Conv1d(weight, bias, stride, padding, dilation, groups).Squeeze(0);
        if (x.Rank != 3 || weight.Rank != 3) throw new ShapeException($"Conv1d takes signals [n, c, l] or one [c, l] and a weight [out, in / groups, k], not {x.Shape} and {weight.Shape}.");
        int p = padding is { } around ? around.Resolve(nameof(Conv1d), ref x, [weight.Shape[2]], [stride], [dilation]).Width : 0;
        return x.Unsqueeze(2).Conv2d(weight.Unsqueeze(2), bias, (1, stride), (0, p), (1, dilation), groups).Squeeze(2);
    }

    /// <summary>The cross-correlation of signals that have their time first [l, n, in], with weights [k, in, out] and a bias [out]; one step at a time.</summary>
    /// <param name="x">Signals [l, n, in].</param>
    /// <param name="weight">The window's weights [k, in, out].</param>
    /// <param name="bias">A number for each output channel [out].</param>
    /// <param name="padding">How many zeros stand before and after each signal.</param>
    /// <returns>[l', n, out].</returns>
    /// <exception cref="ShapeException">The input or the weight has not three dimensions, or their channels do not fit.</exception>
    /// <exception cref="ArgumentException">The element types differ or have no fractions, or the padding is negative.</exception>
    /// <example><code>
    /// Tensor signal = Tensor.Randn([10, 1, 2]), weight = Tensor.Randn([3, 2, 4]);
    /// Console.WriteLine(signal.ConvTbc(weight, Tensor.Zeros([4])).Shape);      // → [8, 1, 4]
    /// </code></example>
    public static Tensor ConvTbc(this Tensor x, Tensor weight, Tensor bias, int padding = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        if (x.Rank != 3 || weight.Rank != 3) throw new ShapeException($"ConvTbc takes signals [l, n, c] and a weight [k, in, out], not {x.Shape} and {weight.Shape}.");
        return x.Permute(1, 2, 0).Conv1d(weight.Permute(2, 1, 0), bias, padding: padding).Permute(2, 0, 1);
    }
}
