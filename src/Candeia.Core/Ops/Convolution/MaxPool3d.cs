namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The largest number in a window moved over volumes [n, c, d, h, w], or over one [c, d, h, w]; the stride defaults to the window's size.</summary>
    /// <exception cref="ShapeException">The window does not fit the volumes.</exception>
    public static Tensor MaxPool3d(this Tensor x, Size3d kernelSize, Size3d? stride = null, Size3d? padding = null, Size3d? dilation = null)
    {
        Size3d s = stride ?? kernelSize, p = padding ?? 0, r = dilation ?? 1;
        return SliceBySlice(x, nameof(MaxPool3d), slices => slices.MaxPool2d(kernelSize.Plane, s.Plane, p.Plane, r.Plane),
            columns => columns.MaxPool2d((kernelSize.Depth, 1), (s.Depth, 1), (p.Depth, 0), (r.Depth, 1)));
    }
}
