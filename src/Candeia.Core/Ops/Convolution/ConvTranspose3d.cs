namespace Candeia;

public static partial class TensorOps
{
    /// <summary>
    /// The transposed convolution of volumes [n, in, d, h, w], or of one [in, d, h, w], with weights [in, out / groups, kd, kh, kw], plus a bias [out]. Each slice is
    /// transposed in its plane, to as many slices as the window is deep, and those are added up where they lie.
    /// </summary>
    /// <param name="x">[n, in, d, h, w] or [in, d, h, w].</param>
    /// <param name="weight">[in, out / groups, kd, kh, kw].</param>
    /// <param name="bias">A number for each output channel, [out].</param>
    /// <param name="stride">How far apart the inputs stand in the output.</param>
    /// <param name="padding">What is cut off around the output.</param>
    /// <param name="outputPadding">What is added behind, below and to the right.</param>
    /// <param name="groups">Into how many independent parts the channels are divided.</param>
    /// <param name="dilation">How far apart the window's points are.</param>
    /// <exception cref="ShapeException">Channels, groups or sizes do not fit.</exception>
    /// <example><code>Console.WriteLine(Tensor.Randn([1, 3, 2, 4, 4]).ConvTranspose3d(Tensor.Randn([3, 5, 2, 2, 2]), stride: 2).Shape);    // → [1, 5, 4, 8, 8]</code></example>
    public static Tensor ConvTranspose3d(
        this Tensor x, Tensor weight, Tensor? bias = null, Size3d? stride = null, Size3d? padding = null, Size3d? outputPadding = null, int groups = 1, Size3d? dilation = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        if (x.Rank == 4) return x.Unsqueeze(0).ConvTranspose3d(weight, bias, stride, padding, outputPadding, groups, dilation).Squeeze(0);
        if (x.Rank != 5 || weight.Rank != 5 || x.Shape[1] != weight.Shape[0])
            throw new ShapeException($"ConvTranspose3d takes volumes [n, c, d, h, w] or one [c, d, h, w] and a weight [c, out / groups, kd, kh, kw], not {x.Shape} and {weight.Shape}.");
        Size3d s = stride ?? 1, p = padding ?? 0, more = outputPadding ?? 0, r = dilation ?? 1;
        if (s.Depth < 1 || r.Depth < 1 || p.Depth < 0 || more.Depth < 0)
            throw new ArgumentException($"ConvTranspose3d needs stride and dilation of at least 1 and paddings of at least 0, not {s}, {r}, {p} and {more}.");
        if (more.Depth >= Math.Max(s.Depth, r.Depth)) throw new ShapeException($"An output padding must be smaller than the stride or the dilation: {more} is too large for {s} and {r}.");
        int n = x.Shape[0], depth = x.Shape[2], window = weight.Shape[2];
        int wide = Size("depth", Spread(depth, window, s.Depth, 0, r.Depth) + more.Depth), result = Size("depth", (long)wide - 2L * p.Depth);
        var planes = x.Transpose(1, 2).Reshape(n * depth, x.Shape[1], x.Shape[3], x.Shape[4]);
        var filters = weight.Reshape(weight.Shape[0], weight.Shape[1] * window, weight.Shape[3], weight.Shape[4]);
        var y = planes.ConvTranspose2d(filters, null, s.Plane, p.Plane, more.Plane, groups, r.Plane);          // [n · d, out · kd, h', w']
        int channels = y.Shape[1] / window;
        var parts = y.Reshape(n, depth, channels, window, y.Shape[2], y.Shape[3]).Permute(3, 0, 2, 1, 4, 5);   // [kd, n, out, d, h', w']
        Shape all = [n, channels, wide, y.Shape[2], y.Shape[3]];
        Tensor? sum = null;
        for (int k = 0; k < window; k++)
        {
            var spread = new UnsliceOp(new(2, k * r.Depth, depth, s.Depth), all).Apply(parts[k]);
            sum = sum is null ? spread : sum + spread;
        }
        var volumes = sum!.Narrow(2, p.Depth, result);
        return bias is null ? volumes : volumes + bias.Reshape(1, channels, 1, 1, 1);
    }
}
