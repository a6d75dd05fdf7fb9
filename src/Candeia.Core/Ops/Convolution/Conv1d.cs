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
}
