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
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"{name} takes floating-point numbers, not {x.DType}; convert with To(DType.Float32).");
        return Output(name, x.Shape);
    }

    /// <summary>Refuses what is no gradient of this pooling's result.</summary>
    internal void Expect(Tensor grad, Shape input)
    {
        var y = Output("Pooling", input);
        if (grad.Shape != y) throw new ShapeException($"The gradient of a pooling of {input} is {y}, not {grad.Shape}.");
        if (!grad.DType.IsFloatingPoint()) throw new ArgumentException($"A gradient consists of floating-point numbers, not {grad.DType}.");
    }

    internal Shape Output(string name, Shape x)
    {
        if (x.Rank != 4) throw new ShapeException($"{name} takes images [n, c, h, w] or one [c, h, w], not {x}.");
        if (Kernel is not { Height: > 0, Width: > 0 } || Stride is not { Height: > 0, Width: > 0 } || Dilation is not { Height: > 0, Width: > 0 } || Padding is not { Height: >= 0, Width: >= 0 })
            throw new ArgumentException($"{name} needs kernel, stride and dilation of at least 1 and padding of at least 0, not {this}.");
        if (2L * Padding.Height > Kernel.Height || 2L * Padding.Width > Kernel.Width) throw new ArgumentException($"The padding {Padding} of {name} may be at most half of the window {Kernel}.");
        if (!Fits(x[2], Kernel.Height, Padding.Height, Dilation.Height, Stride.Height) || !Fits(x[3], Kernel.Width, Padding.Width, Dilation.Width, Stride.Width))
            throw new ShapeException($"The input {x} is smaller than the {Kernel} window of {name}.");
        var sizes = On(x);
        return [x[0], x[1], sizes.OutHeight, sizes.OutWidth];
    }

    /// <summary>Whether the window fits at least once, and every place that the kernels compute is a number that fits an int.</summary>
    static bool Fits(int n, int kernel, int padding, int dilation, int stride)
    {
        long wide = n + 2L * padding, reach = (kernel - 1L) * dilation + 1;
        return reach <= wide && wide + stride <= int.MaxValue;
    }
}
