namespace Candeia;

public static partial class TensorOps
{
    /// <summary>
    /// The transposed convolution of images [n, in, h, w], or of one [in, h, w], with weights [in, out / groups, kh, kw], plus a bias [out]: the
    /// gradient of a convolution with respect to its input.
    /// </summary>
    /// <param name="x">Images [n, in, h, w] or [in, h, w].</param>
    /// <param name="weight">The window's weights [in, out / groups, kh, kw].</param>
    /// <param name="bias">A number for each output channel [out]; nothing is added, if there is none.</param>
    /// <param name="stride">How far apart the inputs are spread: 2 doubles height and width.</param>
    /// <param name="padding">How much is cut off at each edge.</param>
    /// <param name="outputPadding">
    /// How much larger the result is below and at the right: for the size that a convolution with this stride had.
    /// </param>
    /// <param name="groups">Into how many independent parts the channels are divided.</param>
    /// <param name="dilation">How far apart the window's points are; 1 makes them neighbours.</param>
    /// <returns>[n, out, h', w'].</returns>
    /// <exception cref="ShapeException">Channels, groups or sizes do not fit.</exception>
    /// <exception cref="ArgumentException">A stride, a dilation or the groups are not at least 1, or a padding is negative.</exception>
    /// <example><code>
    /// Tensor small = Tensor.Randn([1, 2, 8, 8]), weight = Tensor.Randn([2, 4, 2, 2]);
    /// Console.WriteLine(small.ConvTranspose2d(weight, stride: 2).Shape);      // → [1, 4, 16, 16]
    /// </code></example>
    public static Tensor ConvTranspose2d(this Tensor x, Tensor weight, Tensor? bias = null, Size2d? stride = null, Size2d? padding = null, Size2d? outputPadding = null, int groups = 1, Size2d? dilation = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        if (x.Rank == 3) return x.Unsqueeze(0).ConvTranspose2d(weight, bias, stride, padding, outputPadding, groups, dilation).Squeeze(0);
        var geometry = new ConvGeometry(stride ?? 1, padding ?? 0, dilation ?? 1, groups);
        if (x.Rank != 4 || weight.Rank != 4 || x.Shape[1] != weight.Shape[0]) throw new ShapeException($"ConvTranspose2d takes images [n, c, h, w] or one [c, h, w] and a weight [c, out / groups, kh, kw], not {x.Shape} and {weight.Shape}.");
        var (s, p, d, more) = (geometry.Stride, geometry.Padding, geometry.Dilation, outputPadding ?? 0);
        if (groups < 1 || s is not { Height: > 0, Width: > 0 } || d is not { Height: > 0, Width: > 0 } || p is not { Height: >= 0, Width: >= 0 } || more is not { Height: >= 0, Width: >= 0 })
            throw new ArgumentException($"ConvTranspose2d needs groups, stride and dilation of at least 1 and paddings of at least 0, not {groups}, {s}, {d}, {p} and {more}.");
        if (more.Height >= Math.Max(s.Height, d.Height) || more.Width >= Math.Max(s.Width, d.Width))
            throw new ShapeException($"An output padding must be smaller than the stride or the dilation: {more} is too large for {s} and {d}.");
        Shape input = [x.Shape[0], Size("channels", (long)weight.Shape[1] * groups), Size("height", Spread(x.Shape[2], weight.Shape[2], s.Height, p.Height, d.Height) + more.Height),
            Size("width", Spread(x.Shape[3], weight.Shape[3], s.Width, p.Width, d.Width) + more.Width)];
        var reached = geometry.Output(input, weight.Shape, null);            // larger where the output padding makes room for another window: nothing stands there
        var y = new Conv2dInputGradientOp(geometry, input).Apply(x.Pad([0, reached[3] - x.Shape[3], 0, reached[2] - x.Shape[2]]), weight);
        return bias is null ? y : y + bias.Reshape(1, y.Shape[1], 1, 1);
    }

    static long Spread(int n, int kernel, int stride, int padding, int dilation) => (n - 1L) * stride - 2L * padding + (kernel - 1L) * dilation + 1;

    static int Size(string name, long size) =>
        size is >= 1 and <= int.MaxValue ? (int)size : throw new ShapeException($"The {name} of a transposed convolution's result would be {size}, which no size can be.");
}
