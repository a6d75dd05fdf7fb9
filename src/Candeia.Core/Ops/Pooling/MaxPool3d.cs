namespace Candeia;

public static partial class TensorOps
{
    /// <summary>
    /// The largest number in a window moved over volumes [n, c, d, h, w], or over one [c, d, h, w]; the stride defaults to the window's size.
    /// </summary>
    /// <param name="x">Volumes [n, c, d, h, w] or [c, d, h, w].</param>
    /// <param name="kernelSize">The window: one number for a cube, or (depth, height, width).</param>
    /// <param name="stride">How far the window moves; its own size, if nothing is given.</param>
    /// <param name="padding">How many places around the volumes count as −∞; at most half the window.</param>
    /// <param name="dilation">How far apart the window's points are; 1 makes them neighbours.</param>
    /// <param name="ceilMode">Whether a window may reach over the end.</param>
    /// <returns>[n, c, d', h', w'].</returns>
    /// <exception cref="ShapeException">The window does not fit the volumes.</exception>
    /// <exception cref="ArgumentException">A size is not at least 1, or the padding is larger than half the window.</exception>
    /// <example><code>
    /// var volumes = Tensor.Randn([1, 2, 8, 8, 8]);
    /// Console.WriteLine(volumes.MaxPool3d(2).Shape);      // → [1, 2, 4, 4, 4]
    /// </code></example>
    public static Tensor MaxPool3d(this Tensor x, Size3d kernelSize, Size3d? stride = null, Size3d? padding = null, Size3d? dilation = null, bool ceilMode = false)
    {
        Size3d s = stride ?? kernelSize, p = padding ?? 0, r = dilation ?? 1;
        return SliceBySlice(x, nameof(MaxPool3d), slices => slices.MaxPool2d(kernelSize.Plane, s.Plane, p.Plane, r.Plane, ceilMode),
            columns => columns.MaxPool2d((kernelSize.Depth, 1), (s.Depth, 1), (p.Depth, 0), (r.Depth, 1), ceilMode));
    }
}
