namespace Candeia;

/// <summary>The windows of a pooling over one image [h, w, c], whose channels are neighbours in memory.</summary>
internal readonly record struct PoolWindows(PoolGeometry Geometry, Shape Input, Shape Output)
{
    /// <summary>The rows (or columns) of an image that a window covers: from the first inside, in steps, to before the end.</summary>
    public static (int From, int To) Cover(int output, int stride, int padding, int dilation, int kernel, int size)
    {
        int start = output * stride - padding, end = Math.Min(start + dilation * (kernel - 1) + 1, size);
        return (start < 0 ? start + (-start + dilation - 1) / dilation * dilation : start, end);
    }

    /// <summary>Visits the rows of every window: output pixel, first input pixel, how many, how far apart.</summary>
    public void Each<TVisit>(ref TVisit visit) where TVisit : struct, IPoolVisit
    {
        var g = Geometry;
        for (int y = 0; y < Output[2]; y++)
        {
            var (top, bottom) = Cover(y, g.Stride.Height, g.Padding.Height, g.Dilation.Height, g.Kernel.Height, Input[2]);
            for (int x = 0; x < Output[3]; x++)
            {
                var (left, right) = Cover(x, g.Stride.Width, g.Padding.Width, g.Dilation.Width, g.Kernel.Width, Input[3]);
                int pixel = y * Output[3] + x;
                int count = (right - left + g.Dilation.Width - 1) / g.Dilation.Width;
                for (int i = top; i < bottom; i += g.Dilation.Height) visit.Row(pixel, i * Input[3] + left, count, g.Dilation.Width);
            }
        }
    }
}

/// <summary>What is done with each row of a window.</summary>
internal interface IPoolVisit
{
    void Row(int output, int input, int count, int step);
}
