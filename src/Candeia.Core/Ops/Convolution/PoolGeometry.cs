using Candeia.Kernels;

namespace Candeia;

/// <summary>How the window of a pooling moves over an image.</summary>
public sealed record PoolGeometry(Size2d Kernel, Size2d Stride, Size2d Padding, Size2d Dilation, bool CeilMode)
{
    /// <summary>Windows of 2×2 side by side: what a convolution can do in its own pass.</summary>
    internal bool IsHalving => Kernel == 2 && Stride == 2 && Padding == 0 && Dilation == 1 && !CeilMode;

    /// <summary>All sizes of one pooling, for the kernels.</summary>
    internal PoolShape On(Shape x) => new(x[0], x[1], x[2], x[3], Kernel.Height, Kernel.Width)
    {
        StrideHeight = Stride.Height, StrideWidth = Stride.Width,
        PaddingHeight = Padding.Height, PaddingWidth = Padding.Width,
        DilationHeight = Dilation.Height, DilationWidth = Dilation.Width,
        CeilMode = CeilMode,
    };

    /// <summary>The shape of the result, after everything has been checked.</summary>
    /// <exception cref="ShapeException">The window does not fit the images.</exception>
    internal Shape Output(string name, Tensor x)
    {
        if (x.Rank != 4) throw new ShapeException($"{name} takes images [n, c, h, w], not {x.Shape}.");
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"{name} takes floating-point numbers, not {x.DType}; convert with To(DType.Float32).");
        if (Kernel is not { Height: > 0, Width: > 0 } || Stride is not { Height: > 0, Width: > 0 } || Dilation is not { Height: > 0, Width: > 0 } || Padding is not { Height: >= 0, Width: >= 0 })
            throw new ArgumentException($"{name} needs kernel, stride and dilation of at least 1 and padding of at least 0, not {this}.");
        if (2 * Padding.Height > Kernel.Height || 2 * Padding.Width > Kernel.Width) throw new ArgumentException($"The padding {Padding} of {name} may be at most half of the window {Kernel}.");
        if (x.Shape[2] + 2 * Padding.Height < Dilation.Height * (Kernel.Height - 1) + 1 || x.Shape[3] + 2 * Padding.Width < Dilation.Width * (Kernel.Width - 1) + 1)
            throw new ShapeException($"The input {x.Shape} is smaller than the {Kernel} window of {name}.");
        var sizes = On(x.Shape);
        return [x.Shape[0], x.Shape[1], sizes.OutHeight, sizes.OutWidth];
    }
}
