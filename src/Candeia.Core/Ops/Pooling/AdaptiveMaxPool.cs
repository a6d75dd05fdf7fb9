namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The largest numbers of as many windows as asked for, of nearly equal size, over signals [n, c, l], or over one [c, l].</summary>
    /// <param name="x">[n, c, l] or [c, l].</param>
    /// <param name="outputSize">How many windows there are; as in the input, if null.</param>
    /// <exception cref="ShapeException">The signals have no values.</exception>
    /// <example><code>
    /// var (values, places) = Tensor.From([1f, 5, 2, 3, 0, 4]).Reshape(1, 1, 6).AdaptiveMaxPool1dWithIndices(2);
    /// Console.WriteLine((long)places[0, 0, 1]);                            // → 5
    /// </code></example>
    public static Tensor AdaptiveMaxPool1d(this Tensor x, int? outputSize) => AdaptiveMaxima(x, [outputSize], nameof(AdaptiveMaxPool1d));

    /// <summary>The same, and where they are.</summary>
    /// <param name="x">[n, c, l] or [c, l].</param>
    /// <param name="outputSize">How many windows there are; as in the input, if null.</param>
    /// <exception cref="ShapeException">The windows do not fit, or the input has other dimensions.</exception>
    /// <example><code>Console.WriteLine((long)Tensor.From([1f, 5, 2]).Reshape(1, 1, 3).AdaptiveMaxPool1dWithIndices(1).Indices[0, 0, 0]);    // → 1</code></example>
    public static (Tensor Values, Tensor Indices) AdaptiveMaxPool1dWithIndices(this Tensor x, int? outputSize) => AdaptiveGreatest(x, [outputSize], nameof(AdaptiveMaxPool1d));

    /// <summary>The largest numbers of as many windows as asked for, of nearly equal size, over images [n, c, h, w], or over one [c, h, w].</summary>
    /// <param name="x">[n, c, h, w] or [c, h, w].</param>
    /// <param name="outputSize">Height and width of the result.</param>
    /// <exception cref="ShapeException">The images have no pixels.</exception>
    /// <example><code>Console.WriteLine(Tensor.Randn([1, 3, 7, 9]).AdaptiveMaxPool2d(4).Shape);    // → [1, 3, 4, 4]</code></example>
    public static Tensor AdaptiveMaxPool2d(this Tensor x, Size2d outputSize) => x.AdaptiveMaxPool2d(outputSize.Height, outputSize.Width);

    /// <summary>The same with a height or width, or both, as in the input: where null is given.</summary>
    /// <param name="x">[n, c, h, w] or [c, h, w].</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <exception cref="ShapeException">The images have no pixels.</exception>
    public static Tensor AdaptiveMaxPool2d(this Tensor x, int? height, int? width)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank is 3 or 4 && x.DType.IsFloatingPoint() && Divides(x, ^2, height, out int h) && Divides(x, ^1, width, out int w)) return x.MaxPool2d((h, w));
        return AdaptiveMaxima(x, [height, width], nameof(AdaptiveMaxPool2d));
    }

    /// <summary>The largest numbers of windows over images, and where they are: row · width + column, int64.</summary>
    /// <param name="x">[n, c, h, w] or [c, h, w].</param>
    /// <param name="height">Rows of the result; as in the input, if null.</param>
    /// <param name="width">Columns of the result; as in the input, if null.</param>
    /// <exception cref="ShapeException">The windows do not fit, or the input has other dimensions.</exception>
    /// <example><code>Console.WriteLine(Tensor.Randn([1, 3, 7, 9]).AdaptiveMaxPool2dWithIndices(4, null).Indices.Shape);    // → [1, 3, 4, 9]</code></example>
    public static (Tensor Values, Tensor Indices) AdaptiveMaxPool2dWithIndices(this Tensor x, int? height, int? width) => AdaptiveGreatest(x, [height, width], nameof(AdaptiveMaxPool2d));

    /// <summary>The largest numbers of as many windows as asked for, of nearly equal size, over volumes [n, c, d, h, w], or over one [c, d, h, w].</summary>
    /// <param name="x">[n, c, d, h, w] or [c, d, h, w].</param>
    /// <param name="outputSize">Depth, height and width of the result.</param>
    /// <exception cref="ShapeException">The volumes have no pixels.</exception>
    /// <example><code>Console.WriteLine(Tensor.Randn([1, 3, 4, 6, 8]).AdaptiveMaxPool3d(2).Shape);    // → [1, 3, 2, 2, 2]</code></example>
    public static Tensor AdaptiveMaxPool3d(this Tensor x, Size3d outputSize) => x.AdaptiveMaxPool3d(outputSize.Depth, outputSize.Height, outputSize.Width);

    /// <summary>The same with a depth, height or width as in the input: where null is given.</summary>
    /// <param name="x">[n, c, d, h, w] or [c, d, h, w].</param>
    /// <param name="depth">Slices of the result.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <exception cref="ShapeException">The volumes have no pixels.</exception>
    public static Tensor AdaptiveMaxPool3d(this Tensor x, int? depth, int? height, int? width) => AdaptiveMaxima(x, [depth, height, width], nameof(AdaptiveMaxPool3d));

    /// <summary>The largest numbers of windows over volumes, and where they are: (slice · height + row) · width + column, int64.</summary>
    /// <param name="x">[n, c, d, h, w] or [c, d, h, w].</param>
    /// <param name="depth">Slices of the result; as in the input, if null.</param>
    /// <param name="height">Rows of the result; as in the input, if null.</param>
    /// <param name="width">Columns of the result; as in the input, if null.</param>
    /// <exception cref="ShapeException">The windows do not fit, or the input has other dimensions.</exception>
    /// <example><code>Console.WriteLine(Tensor.Randn([1, 3, 4, 6, 8]).AdaptiveMaxPool3dWithIndices(2, 3, null).Indices.Shape);    // → [1, 3, 2, 3, 8]</code></example>
    public static (Tensor Values, Tensor Indices) AdaptiveMaxPool3dWithIndices(this Tensor x, int? depth, int? height, int? width) =>
        AdaptiveGreatest(x, [depth, height, width], nameof(AdaptiveMaxPool3d));

    // Who watches may not know the op that finds places: the largest of each window, one dimension after the other.
    static Tensor AdaptiveMaxima(Tensor x, ReadOnlySpan<int?> sizes, string name)
    {
        if (!Tracing.IsOn) return AdaptiveGreatest(x, sizes, name).Values;
        int first = SpatialDims(x, sizes.Length, name);
        for (int d = 0; d < sizes.Length; d++)
        {
            if (sizes[d] is not { } count || count == x.Shape[first + d]) continue;
            var (begins, ends) = AdaptiveWindows(x, first + d, count, name);
            var largest = new Tensor[count];
            for (int i = 0; i < count; i++) largest[i] = x.Narrow(first + d, begins[i], ends[i] - begins[i]).Amax([first + d], keepDim: true);
            x = Tensor.Cat(largest, first + d);
        }
        return x;
    }

    static (Tensor Values, Tensor Indices) AdaptiveGreatest(Tensor x, ReadOnlySpan<int?> sizes, string name)
    {
        int first = SpatialDims(x, sizes.Length, name);
        var windows = new (int[], int[])[sizes.Length];
        for (int d = 0; d < windows.Length; d++) windows[d] = AdaptiveWindows(x, first + d, sizes[d] ?? x.Shape[first + d], name);
        return Greatest(x, first, windows, 1);
    }

    /// <summary>The greatest of windows that are the same for all planes.</summary>
    static (Tensor Values, Tensor Indices) Greatest(Tensor x, int first, (int[] Begins, int[] Ends)[] windows, Size3d step)
    {
        (int[] Begins, int[] Ends)[] all = [.. Enumerable.Repeat(((int[])[0], (int[])[1]), 3 - windows.Length), .. windows];
        long[] begins = [.. all.SelectMany(w => w.Begins).Select(i => (long)i)], ends = [.. all.SelectMany(w => w.Ends).Select(i => (long)i)];
        return Greatest(x, first, (all[0].Begins.Length, all[1].Begins.Length, all[2].Begins.Length), step,
            Tensor.From(begins, [1, begins.Length], x.Device), Tensor.From(ends, [1, ends.Length], x.Device));
    }

    /// <summary>The greatest of windows: their places by a kernel, their values, and with them the derivative, by those places.</summary>
    static (Tensor Values, Tensor Indices) Greatest(Tensor x, int first, Size3d output, Size3d step, Tensor begins, Tensor ends)
    {
        int dims = x.Rank - first;
        int[] size = [.. Enumerable.Repeat(1, 3 - dims), .. x.Shape.Skip(first)];
        int planes = checked((int)x.Shape[..first].Numel);
        Shape y = [.. x.Shape.Take(first), .. ((int[])[output.Depth, output.Height, output.Width])[^dims..]];
        if (planes == 0) return (Tensor.Zeros(y, x.DType, x.Device), Tensor.Zeros(y, DType.Int64, x.Device));
        var places = new WindowPlacesOp(output, step).Apply(x.Detach().Reshape(planes, size[0], size[1], size[2]), begins, ends);
        var values = x.Reshape(planes, -1).Gather(1, places.Reshape(planes, -1));
        return (values.Reshape(y), places.Reshape(y));
    }
}
