namespace Candeia.Gpu;

/// <summary>Convolutions by a library of the device's makers, where there is one: operands that do not lie channels last are copied so.</summary>
internal static class LibraryConvolutions
{
    /// <summary>y = the convolution of x, and nothing else; false where the own kernel has to do it.</summary>
    public static bool Forward(GpuDevice device, ConvGeometry c, Operand x, Operand weight, Operand y) =>
        TryRun(device, ConvolutionKind.Forward, c, x.Layout.Shape, weight.Layout.Shape, y.Layout.Shape, x, weight, y);

    /// <summary>The gradient of the images.</summary>
    public static bool Images(GpuDevice device, ConvGeometry c, Operand weight, Operand grad, Operand y) =>
        TryRun(device, ConvolutionKind.Images, c, y.Layout.Shape, weight.Layout.Shape, grad.Layout.Shape, weight, grad, y);

    /// <summary>The gradient of the window.</summary>
    public static bool Window(GpuDevice device, ConvGeometry c, Operand x, Operand grad, Operand y) =>
        TryRun(device, ConvolutionKind.Window, c, x.Layout.Shape, y.Layout.Shape, grad.Layout.Shape, x, grad, y);

    /// <summary>Whether the library computes all of some gradients.</summary>
    public static bool Knows(GpuDevice device, ConvGeometry c, DType dtype, Shape images, Shape window, Shape result, Wanted wanted) =>
        (wanted & (Wanted.Input | Wanted.Weight)) != 0
        && ((wanted & Wanted.Input) == 0 || !Prepared(device, ConvolutionKind.Images, c, dtype, images, window, result).IsNone)
        && ((wanted & Wanted.Weight) == 0 || !Prepared(device, ConvolutionKind.Window, c, dtype, images, window, result).IsNone);

    static Handle Prepared(GpuDevice device, ConvolutionKind kind, ConvGeometry c, DType dtype, Shape images, Shape window, Shape result) =>
        dtype is not (DType.Float32 or DType.Float64) || Math.Max(images.Numel, result.Numel) is 0 or > int.MaxValue ? default : device.Convolution(new(kind, dtype, Rounding.IsTf32Allowed, c, images, window, result));

    static bool TryRun(GpuDevice device, ConvolutionKind kind, ConvGeometry c, Shape images, Shape window, Shape result, Operand first, Operand second, Operand y)
    {
        if (first.DType != y.DType || second.DType != y.DType || Prepared(device, kind, c, y.DType, images, window, result) is not { IsNone: false } prepared) return false;
        bool isThere = y.Layout.IsChannelsLast;
        Operand a = ChannelsLast(device, first), b = ChannelsLast(device, second), made = isThere ? y : device.Scratch(Layout.ChannelsLast(y.Layout.Shape), y.DType);
        new Launch(device, isLarge: true).Operand(a.InBytes()).Operand(b.InBytes()).Operand(made.InBytes()).Run(prepared, 1, 1);
        if (!isThere) _ = Copies.Into(device, y, made);
        return true;
    }

    /// <summary>The operand, or a copy that lies channels last.</summary>
    static Operand ChannelsLast(GpuDevice device, Operand x)
    {
        if (x.Layout.IsChannelsLast) return x;
        var copy = device.Scratch(Layout.ChannelsLast(x.Layout.Shape), x.DType);
        _ = Copies.Into(device, copy, x);
        return copy;
    }
}
