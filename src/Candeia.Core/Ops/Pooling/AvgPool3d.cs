namespace Candeia;

public static partial class TensorOps
{
    /// <summary>
    /// The mean of a window moved over volumes [n, c, d, h, w], or over one [c, d, h, w]; the stride defaults to the
    /// window's size.
    /// </summary>
    /// <param name="x">Volumes [n, c, d, h, w] or [c, d, h, w].</param>
    /// <param name="kernelSize">The window: one number for a cube, or (depth, height, width).</param>
    /// <param name="stride">How far the window moves; its own size, if nothing is given.</param>
    /// <param name="padding">How many zeros stand around the volumes; at most half the window.</param>
    /// <param name="ceilMode">Whether a window may reach over the end.</param>
    /// <param name="countIncludePad">Whether the zeros count in the mean.</param>
    /// <param name="divisorOverride">What the sum is divided by instead.</param>
    /// <returns>[n, c, d', h', w'].</returns>
    /// <exception cref="ShapeException">The window does not fit the volumes.</exception>
    /// <exception cref="ArgumentException">A size is not at least 1, or the padding is larger than half the window.</exception>
    /// <example><code>
    /// var volumes = Tensor.Randn([1, 2, 8, 8, 8]);
    /// Console.WriteLine(volumes.AvgPool3d(2).Shape);      // → [1, 2, 4, 4, 4]
    /// </code></example>
    public static Tensor AvgPool3d(
        this Tensor x, Size3d kernelSize, Size3d? stride = null, Size3d? padding = null, bool ceilMode = false, bool countIncludePad = true, int? divisorOverride = null)
    {
        Size3d s = stride ?? kernelSize, p = padding ?? 0;
        int? one = divisorOverride is null ? null : 1;
        return SliceBySlice(x, nameof(AvgPool3d), slices => slices.AvgPool2d(kernelSize.Plane, s.Plane, p.Plane, ceilMode, countIncludePad, one),
            columns => columns.AvgPool2d((kernelSize.Depth, 1), (s.Depth, 1), (p.Depth, 0), ceilMode, countIncludePad, divisorOverride));
    }

    /// <summary>First within the slices, then along the depth: means and maxima of windows can be taken one after the other.</summary>
    static Tensor SliceBySlice(Tensor x, string name, Func<Tensor, Tensor> plane, Func<Tensor, Tensor> depth)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 4) return SliceBySlice(x.Unsqueeze(0), name, plane, depth).Squeeze(0);
        if (x.Rank != 5) throw new ShapeException($"{name} takes volumes [n, c, d, h, w] or one [c, d, h, w], not {x.Shape}.");
        var y = plane(x.Reshape(x.Shape[0], x.Shape[1] * x.Shape[2], x.Shape[3], x.Shape[4]));
        int height = y.Shape[2], width = y.Shape[3];
        y = depth(y.Reshape(x.Shape[0], x.Shape[1], x.Shape[2], height * width));
        return y.Reshape(x.Shape[0], x.Shape[1], y.Shape[2], height, width);
    }
}
