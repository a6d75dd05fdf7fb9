namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The transposed convolution of signals [n, in, l], or of one [in, l], with weights [in, out / groups, k], plus a bias [out].</summary>
    /// <exception cref="ShapeException">Channels, groups or sizes do not fit.</exception>
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
