namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The means of as many windows as asked for, of nearly equal size, over signals [n, c, l], or over one [c, l].</summary>
    /// <param name="x">[n, c, l] or [c, l].</param>
    /// <param name="outputSize">How many windows there are; as in the input, if null.</param>
    /// <exception cref="ShapeException">The signals have no values.</exception>
    /// <example><code>
    /// var y = Tensor.Arange(0, 6, dtype: DType.Float32).Reshape(1, 1, 6).AdaptiveAvgPool1d(2);
    /// Console.WriteLine((double)y[0, 0, 1]);                               // → 4
    /// </code></example>
    public static Tensor AdaptiveAvgPool1d(this Tensor x, int? outputSize) => AdaptiveMeans(x, [outputSize], nameof(AdaptiveAvgPool1d));

    /// <summary>The means of as many windows as asked for, of nearly equal size, over images [n, c, h, w], or over one [c, h, w].</summary>
    /// <param name="x">[n, c, h, w] or [c, h, w].</param>
    /// <param name="outputSize">Height and width of the result.</param>
    /// <exception cref="ShapeException">The images have no pixels.</exception>
    /// <example><code>Console.WriteLine(Tensor.Randn([1, 3, 7, 9]).AdaptiveAvgPool2d(4).Shape);    // → [1, 3, 4, 4]</code></example>
    public static Tensor AdaptiveAvgPool2d(this Tensor x, Size2d outputSize) => x.AdaptiveAvgPool2d(outputSize.Height, outputSize.Width);

    /// <summary>The same with a height or width, or both, as in the input: where null is given.</summary>
    /// <param name="x">[n, c, h, w] or [c, h, w].</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <exception cref="ShapeException">The images have no pixels.</exception>
    public static Tensor AdaptiveAvgPool2d(this Tensor x, int? height, int? width)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank is 3 or 4 && x.DType.IsFloatingPoint() && Divides(x, ^2, height, out int h) && Divides(x, ^1, width, out int w)) return x.AvgPool2d((h, w));
        return AdaptiveMeans(x, [height, width], nameof(AdaptiveAvgPool2d));
    }

    /// <summary>The means of as many windows as asked for, of nearly equal size, over volumes [n, c, d, h, w], or over one [c, d, h, w].</summary>
    /// <param name="x">[n, c, d, h, w] or [c, d, h, w].</param>
    /// <param name="outputSize">Depth, height and width of the result.</param>
    /// <exception cref="ShapeException">The volumes have no pixels.</exception>
    /// <example><code>Console.WriteLine(Tensor.Randn([1, 3, 4, 6, 8]).AdaptiveAvgPool3d(2).Shape);    // → [1, 3, 2, 2, 2]</code></example>
    public static Tensor AdaptiveAvgPool3d(this Tensor x, Size3d outputSize) => x.AdaptiveAvgPool3d(outputSize.Depth, outputSize.Height, outputSize.Width);

    /// <summary>The same with some sizes as in the input: where null is given.</summary>
    /// <param name="x">[n, c, d, h, w] or [c, d, h, w].</param>
    /// <param name="depth">Slices of the result.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <exception cref="ShapeException">The volumes have no pixels.</exception>
    public static Tensor AdaptiveAvgPool3d(this Tensor x, int? depth, int? height, int? width) => AdaptiveMeans(x, [depth, height, width], nameof(AdaptiveAvgPool3d));

    static bool Divides(Tensor x, Index dim, int? windows, out int size)
    {
        int all = x.Shape[dim], count = windows ?? all;
        size = count > 0 ? all / count : 0;
        return size > 0 && all % count == 0;
    }

    static Tensor AdaptiveMeans(Tensor x, ReadOnlySpan<int?> sizes, string name)
    {
        int first = SpatialDims(x, sizes.Length, name);
        Shape y = x.Shape;
        for (int d = 0; d < sizes.Length; d++) y = y.With(first + d, Math.Max(0, sizes[d] ?? y[first + d]));
        Device.MustFit(y, x.DType);
        var taps = new Taps?[sizes.Length];
        for (int d = 0; d < sizes.Length; d++)
        {
            if (sizes[d] is not { } count || count == x.Shape[first + d]) continue;
            var (begins, ends) = AdaptiveWindows(x, first + d, count, name);
            taps[d] = Taps.Of(x.Shape[first + d], count, (i, add) =>
            {
                for (int p = begins[i]; p < ends[i]; p++) add(p, 1.0 / (ends[i] - begins[i]));
            });
        }
        return Resampled(x, first, taps);
    }

    /// <summary>Where windows of nearly equal size begin and end.</summary>
    static (int[] Begins, int[] Ends) AdaptiveWindows(Tensor x, int dim, int count, string name)
    {
        int size = x.Shape[dim];
        if (count < 1) throw new ArgumentOutOfRangeException(nameof(count), $"{name} makes at least one window, not {count}.");
        if (size == 0) throw new ShapeException($"{name} takes inputs with values, not {x.Shape}.");
        int[] begins = new int[count], ends = new int[count];
        for (int i = 0; i < count; i++) (begins[i], ends[i]) = ((int)((long)i * size / count), (int)(((i + 1L) * size + count - 1) / count));
        return (begins, ends);
    }

    /// <summary>The first of the dimensions that an op over signals, images or volumes works on: behind [n, c], or behind [c].</summary>
    static int SpatialDims(Tensor x, int dims, string name)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == dims + 1 || x.Rank == dims + 2) return x.Rank - dims;
        throw new ShapeException(dims switch
        {
            1 => $"{name} takes signals [n, c, l] or one [c, l], not {x.Shape}.",
            2 => $"{name} takes images [n, c, h, w] or one [c, h, w], not {x.Shape}.",
            _ => $"{name} takes volumes [n, c, d, h, w] or one [c, d, h, w], not {x.Shape}.",
        });
    }
}
