using Candeia.Kernels;

namespace Candeia;

/// <summary>How the window of a convolution moves over an image.</summary>
public sealed record ConvGeometry(Size2d Stride, Size2d Padding, Size2d Dilation, int Groups)
{
    /// <summary>All sizes of one convolution, for the kernels.</summary>
    internal ConvShape On(Shape x, Shape weight) => new(x[0], x[1], x[2], x[3], weight[0], weight[2], weight[3])
    {
        StrideHeight = Stride.Height, StrideWidth = Stride.Width,
        PaddingHeight = Padding.Height, PaddingWidth = Padding.Width,
        DilationHeight = Dilation.Height, DilationWidth = Dilation.Width,
        Groups = Groups,
    };

    /// <summary>The shape of the result, after everything has been checked.</summary>
    /// <exception cref="ShapeException">Channels, groups or sizes do not fit.</exception>
    internal Shape Output(Shape x, Shape weight, Shape? bias)
    {
        if (x.Rank != 4) throw new ShapeException($"Conv2d takes images [n, c, h, w] or one [c, h, w], not {x}.");
        if (weight.Rank != 4) throw new ShapeException($"Conv2d needs a weight [out, in / groups, kh, kw], not {weight}.");
        if (Stride is not { Height: > 0, Width: > 0 } || Dilation is not { Height: > 0, Width: > 0 } || Padding is not { Height: >= 0, Width: >= 0 } || Groups < 1)
            throw new ArgumentException($"Conv2d needs stride and dilation of at least 1 and padding of at least 0, not {this}.");
        if (x[1] != weight[1] * Groups) throw new ShapeException($"The input {x} has {x[1]} channels; the weight {weight} with {Groups} group(s) expects {weight[1] * Groups}.");
        if (weight[0] % Groups != 0) throw new ShapeException($"{weight[0]} output channels cannot be divided into {Groups} groups.");
        if (weight is not [> 0, > 0, > 0, > 0]) throw new ShapeException($"Conv2d needs at least one channel on both sides and a window of at least 1×1, not a weight {weight}.");
        if (bias is { } b && b != [weight[0]]) throw new ShapeException($"The bias {b} must have one number per output channel: [{weight[0]}].");
        int height = Size(x[2], weight[2], Stride.Height, Padding.Height, Dilation.Height), width = Size(x[3], weight[3], Stride.Width, Padding.Width, Dilation.Width);
        if (height < 1 || width < 1) throw new ShapeException($"The input {x} is smaller than the {weight[2]}×{weight[3]} window of the convolution.");
        return [x[0], weight[0], height, width];
    }

    /// <summary>Refuses what is no gradient of this convolution's result.</summary>
    internal void Expect(Tensor grad, Tensor other, Shape x, Shape weight)
    {
        var y = Output(x, weight, null);
        if (!grad.DType.IsFloatingPoint() || grad.DType != other.DType)
            throw new ArgumentException(
                $"The gradients of a convolution need tensors of one floating-point type, "
                + $"not {grad.DType} and {other.DType}; convert with To(dtype).");
        if (grad.Shape != y) throw new ShapeException($"The gradient of a convolution of {x} with {weight} is {y}, not {grad.Shape}.");
    }

    /// <summary>How often the window fits; that every place within the border is a number that fits an int, the kernels rely on.</summary>
    static int Size(int n, int kernel, int stride, int padding, int dilation)
    {
        long wide = n + 2L * padding, reach = (kernel - 1L) * dilation + 1;
        if (wide > int.MaxValue) throw new ShapeException($"A padding of {padding} makes {n} pixels {wide}, more than a size can be.");
        return reach > wide ? 0 : (int)((wide - reach) / stride) + 1;
    }
}
