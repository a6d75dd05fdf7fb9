namespace Candeia;

public static partial class TensorOps
{
    /// <summary>
    /// The cross-correlation of volumes [n, in, d, h, w], or of one [in, d, h, w], with weights [out, in / groups, kd, kh, kw], plus a bias [out].
    /// Each slice of the result is a two-dimensional convolution of the slices under the window, as channels.
    /// </summary>
    /// <param name="x">Volumes [n, in, d, h, w] or [in, d, h, w].</param>
    /// <param name="weight">The window's weights [out, in / groups, kd, kh, kw].</param>
    /// <param name="bias">A number for each output channel [out]; nothing is added, if there is none.</param>
    /// <param name="stride">How far the window moves; 1, if nothing is given.</param>
    /// <param name="padding">Zeros around the input: a number of them, <see cref="ConvPadding.Same"/> or <see cref="ConvPadding.Valid"/>.</param>
    /// <param name="dilation">How far apart the window's points are; 1, which is the default, makes them neighbours.</param>
    /// <param name="groups">Into how many independent parts the channels are divided.</param>
    /// <returns>[n, out, d', h', w'].</returns>
    /// <exception cref="ShapeException">Channels, groups or sizes do not fit.</exception>
    /// <exception cref="ArgumentException">
    /// The element types differ or have no fractions, a stride or dilation is not at least 1, or a padding is negative.
    /// </exception>
    /// <example><code>
    /// Tensor volume = Tensor.Randn([1, 2, 8, 8, 8]), weight = Tensor.Randn([4, 2, 3, 3, 3]);
    /// Console.WriteLine(volume.Conv3d(weight, padding: 1).Shape);      // → [1, 4, 8, 8, 8]
    /// </code></example>
    public static Tensor Conv3d(
        this Tensor x, Tensor weight, Tensor? bias = null, Size3d? stride = null, ConvPadding? padding = null, Size3d? dilation = null, int groups = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        if (x.Rank == 4) return x.Unsqueeze(0).Conv3d(weight, bias, stride, padding, dilation, groups).Squeeze(0);
        if (x.Rank != 5 || weight.Rank != 5 || groups < 1 || x.Shape[1] != weight.Shape[1] * groups)
            throw new ShapeException($"Conv3d takes volumes [n, c, d, h, w] or one [c, d, h, w] and a weight [out, c / groups, kd, kh, kw], not {x.Shape} and {weight.Shape} with {groups} group(s).");
        Size3d s = stride ?? 1, r = dilation ?? 1, p = 0;
        if (padding is { } around)
            p = around.Resolve(nameof(Conv3d), ref x, weight.Shape.Sizes[2..], [s.Depth, s.Height, s.Width], [r.Depth, r.Height, r.Width]);
        if (s.Depth < 1 || r.Depth < 1 || p.Depth < 0) throw new ArgumentException($"Conv3d needs stride and dilation of at least 1 and padding of at least 0, not {s}, {r} and {p}.");
        if (weight.Shape[2] < 1) throw new ShapeException($"Conv3d needs a window of at least 1×1×1, not a weight {weight.Shape}.");
        x = x.Pad([0, 0, 0, 0, p.Depth, p.Depth]);
        int window = weight.Shape[2];
        long reach = r.Depth * (window - 1L) + 1;
        if (x.Shape[2] < reach) throw new ShapeException($"The input, padded to {x.Shape}, is less deep than the window of {reach} slices.");
        int batch = x.Shape[0], depth = (int)((x.Shape[2] - reach) / s.Depth) + 1;
        var under = new Tensor[window];                                                                  // each [n, d', c, h, w]
        for (int k = 0; k < window; k++) under[k] = new SliceOp(2, k * r.Depth, depth, s.Depth).Apply(x).Permute(0, 2, 1, 3, 4);
        var slices = Tensor.Stack(under, 3).Reshape(batch * depth, x.Shape[1] * window, x.Shape[3], x.Shape[4]);
        var filters = weight.Reshape(weight.Shape[0], weight.Shape[1] * window, weight.Shape[3], weight.Shape[4]);
        var y = slices.Conv2d(filters, bias, s.Plane, p.Plane, r.Plane, groups);
        return y.Reshape(batch, depth, y.Shape[1], y.Shape[2], y.Shape[3]).Permute(0, 2, 1, 3, 4);
    }
}
