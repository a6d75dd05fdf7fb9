namespace Candeia;

/// <summary>How the window of a pooling moves over an image.</summary>
public sealed record PoolGeometry(Size2d Kernel, Size2d Stride, Size2d Padding, Size2d Dilation, bool CeilMode)
{
    /// <summary>Windows of 2×2 side by side: what a convolution can do in its own pass.</summary>
    internal bool IsHalving => Kernel == 2 && Stride == 2 && Padding == 0 && Dilation == 1 && !CeilMode;

    /// <summary>The shape of the result, after everything has been checked.</summary>
    /// <exception cref="ShapeException">The window does not fit the images.</exception>
    internal Shape Output(string name, Shape x)
    {
        if (x.Rank != 4) throw new ShapeException($"{name} takes images [n, c, h, w], not {x}.");
        if (Kernel is not { Height: > 0, Width: > 0 } || Stride is not { Height: > 0, Width: > 0 } || Dilation is not { Height: > 0, Width: > 0 } || Padding is not { Height: >= 0, Width: >= 0 })
            throw new ArgumentException($"{name} needs kernel, stride and dilation of at least 1 and padding of at least 0, not {this}.");
        if (2 * Padding.Height > Kernel.Height || 2 * Padding.Width > Kernel.Width) throw new ArgumentException($"The padding {Padding} of {name} may be at most half of the window {Kernel}.");
        int height = Size(x[2], Kernel.Height, Stride.Height, Padding.Height, Dilation.Height), width = Size(x[3], Kernel.Width, Stride.Width, Padding.Width, Dilation.Width);
        if (height < 1 || width < 1) throw new ShapeException($"The input {x} is smaller than the {Kernel} window of {name}.");
        return [x[0], x[1], height, width];
    }

    int Size(int n, int kernel, int stride, int padding, int dilation)
    {
        int room = n + 2 * padding - dilation * (kernel - 1) - 1;
        if (room < 0) return 0;
        int size = (CeilMode ? (room + stride - 1) / stride : room / stride) + 1;
        return CeilMode && (size - 1) * stride >= n + padding ? size - 1 : size;    // the last window must begin inside
    }
}
