using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Windows of images as columns, and back, on the CPU.</summary>
internal static unsafe class FoldCalls
{
    public static void Run(ConvGeometry geometry, Size2d kernel, Size2d image, Size2d windows, Tensor x, Tensor y, bool folds)
    {
        int planes = folds ? y.Shape[0] * y.Shape[1] : x.Shape[0] * x.Shape[1];
        if (y.Numel > 0) Numbers.Run(y.DType, new Call(new(geometry.Stride, geometry.Padding, geometry.Dilation, kernel, image, windows), planes, x.Contiguous(), y, folds));
    }

    readonly struct Call(FoldShape shape, int planes, Tensor x, Tensor y, bool folds) : INumberCall
    {
        public void Run<T>() where T : unmanaged, INumberBase<T>
        {
            using var p = Pins.Of(x, y);
            if (folds) Folding<T>.Fold(shape, planes, p.At<T>(0), p.At<T>(1));
            else Folding<T>.Unfold(shape, planes, p.At<T>(0), p.At<T>(1));
        }
    }
}
