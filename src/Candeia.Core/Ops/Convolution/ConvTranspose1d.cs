namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The transposed convolution of signals [n, in, l], or of one [in, l], with weights [in, out / groups, k], plus a bias [out].</summary>
    /// <param name="x">Signals [n, in, l] or [in, l].</param>
    /// <param name="weight">The window's weights [in, out / groups, k].</param>
    /// <param name="bias">A number for each output channel [out]; nothing is added, if there is none.</param>
    /// <param name="stride">How far apart the inputs are spread: 2 doubles the length.</param>
    /// <param name="padding">How much is cut off at both ends.</param>
    /// <param name="outputPadding">How much longer the result is at its end: for the length that a convolution with this stride had.</param>
    /// <param name="groups">Into how many independent parts the channels are divided.</param>
    /// <param name="dilation">How far apart the window's points are; 1 makes them neighbours.</param>
    /// <returns>[n, out, l'].</returns>
    /// <exception cref="ShapeException">Channels, groups or sizes do not fit.</exception>
    /// <exception cref="ArgumentException">
    /// The element types differ or have no fractions, a stride or dilation is not at least 1, or a padding is negative.
    /// </exception>
    /// <example><code>
    /// Tensor signal = Tensor.Randn([1, 2, 10]), weight = Tensor.Randn([2, 4, 2]);
    /// Console.WriteLine(signal.ConvTranspose1d(weight, stride: 2).Shape);      // → [1, 4, 20]
    /// </code></example>
    public static Tensor ConvTranspose1d(
        this Tensor x, Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0, int outputPadding = 0, int groups = 1, int dilation = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        if (x.Rank == 2) return x.Unsqueeze(0).ConvTranspose1d(weight, bias, stride, padding, outputPadding, groups, dilation).Squeeze(0);
        if (x.Rank != 3 || weight.Rank != 3) throw new ShapeException($"ConvTranspose1d takes signals [n, c, l] or one [c, l] and a weight [c, out / groups, k], not {x.Shape} and {weight.Shape}.");
        return x.Unsqueeze(2).ConvTranspose2d(weight.Unsqueeze(2), bias, (1, stride), (0, padding), (0, outputPadding), groups, (1, dilation)).Squeeze(2);
    }
}
