namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The means of as many windows as asked for, of nearly equal size, over images [n, c, h, w], or over one [c, h, w].</summary>
    /// <param name="x">Images [n, c, h, w] or [c, h, w].</param>
    /// <param name="outputSize">The height and width of the result: one number for a square, or (height, width).</param>
    /// <returns>[n, c, height, width], whatever the size of the images.</returns>
    /// <exception cref="ShapeException">There are no images, or they have no pixels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The result would have no pixels.</exception>
    /// <example><code>
    /// var features = Tensor.Randn([2, 8, 7, 5]);
    /// Console.WriteLine(features.AdaptiveAvgPool2d(1).Shape);      // → [2, 8, 1, 1]
    /// </code></example>
    public static Tensor AdaptiveAvgPool2d(this Tensor x, Size2d outputSize)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 3) return x.Unsqueeze(0).AdaptiveAvgPool2d(outputSize).Squeeze(0);
        if (x.Rank != 4) throw new ShapeException($"AdaptiveAvgPool2d takes images [n, c, h, w] or one [c, h, w], not {x.Shape}.");
        var (height, width) = outputSize;
        if (height < 1 || width < 1) throw new ArgumentOutOfRangeException(nameof(outputSize), $"AdaptiveAvgPool2d makes at least one window, not {outputSize}.");
        if (x.Shape[2] == 0 || x.Shape[3] == 0) throw new ShapeException($"AdaptiveAvgPool2d takes images with pixels, not {x.Shape}.");
        if (x.Shape[2] % height == 0 && x.Shape[3] % width == 0) return x.AvgPool2d((x.Shape[2] / height, x.Shape[3] / width));
        return Windows(Windows(x, 2, height), 3, width);
    }

    /// <summary>The same with a height or width, or both, as in the input: where null is given.</summary>
    /// <param name="x">Images [n, c, h, w] or [c, h, w].</param>
    /// <param name="height">The height of the result; that of the input, if null is given.</param>
    /// <param name="width">The width of the result; that of the input, if null is given.</param>
    public static Tensor AdaptiveAvgPool2d(this Tensor x, int? height, int? width)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Rank < 2 ? x.AdaptiveAvgPool2d((height ?? 1, width ?? 1)) : x.AdaptiveAvgPool2d((height ?? x.Shape[^2], width ?? x.Shape[^1]));
    }

    static Tensor Windows(Tensor x, int dim, int count)
    {
        int size = x.Shape[dim];
        return Tensor.Cat([.. Enumerable.Range(0, count).Select(i =>
        {
            int start = (int)((long)i * size / count), end = (int)(((i + 1L) * size + count - 1) / count);
            return x.Narrow(dim, start, end - start).Mean([dim], keepDim: true);
        })], dim);
    }
}
