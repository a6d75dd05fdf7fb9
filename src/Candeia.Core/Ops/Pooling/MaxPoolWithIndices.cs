using Candeia.Kernels;

namespace Candeia;

public static partial class TensorOps
{
    /// <summary><see cref="MaxPool1d"/>, and where the largest numbers are, for <see cref="MaxUnpool1d"/>.</summary>
    /// <param name="x">[n, c, l] or [c, l].</param>
    /// <param name="kernelSize">How many elements the window spans of which an output is made; 2 halves the size.</param>
    /// <param name="stride">How far the window moves from one output to the next.</param>
    /// <param name="padding">A border that never wins.</param>
    /// <param name="dilation">How far apart the window's points are.</param>
    /// <param name="ceilMode">Whether a window may reach over the end.</param>
    /// <exception cref="ShapeException">The window does not fit the signals.</exception>
    /// <example><code>Console.WriteLine((long)Tensor.From([1f, 5, 2, 3]).Reshape(1, 1, 4).MaxPool1dWithIndices(2).Indices[0, 0, 1]);    // → 3</code></example>
    public static (Tensor Values, Tensor Indices) MaxPool1dWithIndices(
        this Tensor x, int kernelSize, int? stride = null, int padding = 0, int dilation = 1, bool ceilMode = false) =>
        Windowed(x, nameof(MaxPool1d), [kernelSize], [stride ?? kernelSize], [padding], [dilation], ceilMode);

    /// <summary><see cref="MaxPool2d"/>, and where the largest numbers are: row · width + column, int64, for <see cref="MaxUnpool2d"/>.</summary>
    /// <param name="x">[n, c, h, w] or [c, h, w].</param>
    /// <param name="kernelSize">How many elements the window spans of which an output is made; 2 halves the size.</param>
    /// <param name="stride">How far the window moves from one output to the next.</param>
    /// <param name="padding">A border that never wins.</param>
    /// <param name="dilation">How far apart the window's points are.</param>
    /// <param name="ceilMode">Whether a window may reach over the end.</param>
    /// <exception cref="ShapeException">The window does not fit the images.</exception>
    /// <example><code>
    /// var x = Tensor.Arange(0, 16, dtype: DType.Float32).Reshape(1, 1, 4, 4);
    /// var (values, places) = x.MaxPool2dWithIndices(2);
    /// Console.WriteLine((double)values.MaxUnpool2d(places, 2).Sum());      // → 40
    /// </code></example>
    public static (Tensor Values, Tensor Indices) MaxPool2dWithIndices(
        this Tensor x, Size2d kernelSize, Size2d? stride = null, Size2d? padding = null, Size2d? dilation = null, bool ceilMode = false)
    {
        Size2d s = stride ?? kernelSize, p = padding ?? 0, d = dilation ?? 1;
        return Windowed(x, nameof(MaxPool2d), [kernelSize.Height, kernelSize.Width], [s.Height, s.Width], [p.Height, p.Width], [d.Height, d.Width], ceilMode);
    }

    /// <summary><see cref="MaxPool3d"/>, and where the largest numbers are: (slice · height + row) · width + column, int64, for <see cref="MaxUnpool3d"/>.</summary>
    /// <param name="x">[n, c, d, h, w] or [c, d, h, w].</param>
    /// <param name="kernelSize">How many elements the window spans of which an output is made; 2 halves the size.</param>
    /// <param name="stride">How far the window moves from one output to the next.</param>
    /// <param name="padding">A border that never wins.</param>
    /// <param name="dilation">How far apart the window's points are.</param>
    /// <param name="ceilMode">Whether a window may reach over the end.</param>
    /// <exception cref="ShapeException">The window does not fit the volumes.</exception>
    /// <example><code>Console.WriteLine(Tensor.Randn([1, 2, 4, 4, 4]).MaxPool3dWithIndices(2).Indices.Shape);    // → [1, 2, 2, 2, 2]</code></example>
    public static (Tensor Values, Tensor Indices) MaxPool3dWithIndices(
        this Tensor x, Size3d kernelSize, Size3d? stride = null, Size3d? padding = null, Size3d? dilation = null, bool ceilMode = false)
    {
        Size3d s = stride ?? kernelSize, p = padding ?? 0, d = dilation ?? 1;
        return Windowed(x, nameof(MaxPool3d), [kernelSize.Depth, kernelSize.Height, kernelSize.Width], [s.Depth, s.Height, s.Width],
            [p.Depth, p.Height, p.Width], [d.Depth, d.Height, d.Width], ceilMode);
    }

    static (Tensor Values, Tensor Indices) Windowed(Tensor x, string name, int[] kernel, int[] stride, int[] padding, int[] dilation, bool ceilMode)
    {
        int first = SpatialDims(x, kernel.Length, name);
        var windows = new (int[], int[])[kernel.Length];
        for (int d = 0; d < kernel.Length; d++)
        {
            int size = x.Shape[first + d], k = kernel[d], s = stride[d], p = padding[d], r = dilation[d];
            var along = new PoolGeometry((1, k), (1, s), (0, p), (1, r), ceilMode).Output(name, new Shape([1, 1, 1, size]));
            int[] begins = new int[along[3]], ends = new int[along[3]];
            for (int i = 0; i < begins.Length; i++)
            {
                int begin = i * s - p;
                (begins[i], ends[i]) = (begin < 0 ? begin + (-begin + r - 1) / r * r : begin, Math.Min(size, begin + (k - 1) * r + 1));
            }
            windows[d] = (begins, ends);
        }
        int[] step = [.. Enumerable.Repeat(1, 3 - dilation.Length), .. dilation];
        return Greatest(x, first, windows, (step[0], step[1], step[2]));
    }
}
