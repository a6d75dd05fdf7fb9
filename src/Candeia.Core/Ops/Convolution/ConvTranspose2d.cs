namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The transposed convolution of images [n, in, h, w] with weights [in, out / groups, kh, kw], plus a bias [out]: the gradient of a convolution with respect to its input.</summary>
    /// <exception cref="ShapeException">Channels, groups or sizes do not fit.</exception>
    public static Tensor ConvTranspose2d(this Tensor x, Tensor weight, Tensor? bias = null, Size2d? stride = null, Size2d? padding = null, Size2d? outputPadding = null, int groups = 1, Size2d? dilation = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        var geometry = new ConvGeometry(stride ?? 1, padding ?? 0, dilation ?? 1, groups);
        if (x.Rank != 4 || weight.Rank != 4 || x.Shape[1] != weight.Shape[0]) throw new ShapeException($"ConvTranspose2d takes images [n, c, h, w] and a weight [c, out / groups, kh, kw], not {x.Shape} and {weight.Shape}.");
        var (s, p, d, more) = (geometry.Stride, geometry.Padding, geometry.Dilation, outputPadding ?? 0);
        int height = (x.Shape[2] - 1) * s.Height - 2 * p.Height + d.Height * (weight.Shape[2] - 1) + more.Height + 1;
        int width = (x.Shape[3] - 1) * s.Width - 2 * p.Width + d.Width * (weight.Shape[3] - 1) + more.Width + 1;
        Shape input = [x.Shape[0], weight.Shape[1] * groups, Math.Max(0, height), Math.Max(0, width)];
        if (geometry.Output(input, weight.Shape, null) != x.Shape) throw new ShapeException($"An output padding of {more} is too large for a stride of {s} and a dilation of {d}.");
        var y = new Conv2dInputGradientOp(geometry, input).Apply(x, weight);
        return bias is null ? y : y + bias.Reshape(1, -1, 1, 1);
    }
}
