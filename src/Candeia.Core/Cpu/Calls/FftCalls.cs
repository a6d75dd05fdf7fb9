using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Fourier transforms along one dimension of tensors, computed with double precision whatever the numbers are.</summary>
internal static unsafe class FftCalls
{
    public static void Complexes(Tensor x, Tensor y, int dim, bool inverse, double scale) => Run(new(x, y, dim, y.Shape[dim], FftKind.Complex, inverse, scale), y.DType.Real());

    /// <summary>The first half of the spectrum of real numbers, or all of it.</summary>
    public static void Real(Tensor x, Tensor y, int dim, bool whole, double scale) =>
        Run(new(x, y, dim, x.Shape[dim], whole ? FftKind.Whole : FftKind.Half, false, scale), x.DType);

    /// <summary>Real numbers of the first half of their spectrum.</summary>
    public static void Half(Tensor x, Tensor y, int dim, double scale) => Run(new(x, y, dim, y.Shape[dim], FftKind.Back, true, scale), y.DType);

    static void Run(Call call, DType dtype) => Numbers.RunFloat(dtype, call);

    readonly struct Call(Tensor x, Tensor y, int dim, int n, FftKind kind, bool inverse, double scale) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            if (y.Numel == 0) return;
            using var p = Pins.Of(x, y);
            FftForm real = n % 2 == 0 ? FftForm.Pairs : FftForm.Real;
            var from = new FftSide<T>(p.Element(0, x.Layout.Offset), x.Layout, dim, kind is FftKind.Half or FftKind.Whole ? real : FftForm.Complex);
            var to = new FftSide<T>(p.Element(1, y.Layout.Offset), y.Layout, dim, kind is FftKind.Back ? real : FftForm.Complex);
            new FftLines<T>(from, to, n, (nint)(y.Numel / y.Shape[dim]), kind, inverse, scale, kind == FftKind.Complex ? [] : FftPlan.Turns(n)).Run();
        }
    }
}
