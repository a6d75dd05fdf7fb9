namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The means of as many windows as asked for, of nearly equal size, over images [n, c, h, w].</summary>
    public static Tensor AdaptiveAvgPool2d(this Tensor x, Size2d outputSize)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank != 4) throw new ShapeException($"AdaptiveAvgPool2d takes images [n, c, h, w], not {x.Shape}.");
        var (height, width) = outputSize;
        if (x.Shape[2] % height == 0 && x.Shape[3] % width == 0) return x.AvgPool2d((x.Shape[2] / height, x.Shape[3] / width));
        return Windows(Windows(x, 2, height), 3, width);
    }

    static Tensor Windows(Tensor x, int dim, int count)
    {
        int size = x.Shape[dim];
        return Tensor.Cat([.. Enumerable.Range(0, count).Select(i =>
        {
            int start = i * size / count, end = ((i + 1) * size + count - 1) / count;
            return x.Narrow(dim, start, end - start).Mean([dim], keepDim: true);
        })], dim);
    }
}
