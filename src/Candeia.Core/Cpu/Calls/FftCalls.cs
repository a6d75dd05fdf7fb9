using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Fourier transforms along one dimension of tensors. Complex numbers are complex128 here.</summary>
internal static unsafe class FftCalls
{
    public static void Complexes(Tensor x, Tensor y, int dim, bool inverse, double scale)
    {
        using var p = Pins.Of(x, y);
        int n = y.Shape[dim];
        var ends = new ComplexEnds(p.At<Complex>(0), Places(x, dim), p.At<Complex>(1), Places(y, dim), n, scale);
        if (y.Numel > 0) new FftLines<ComplexEnds>(ends, FftPlan.Of(n), Lines(y, dim), inverse).Run();
    }

    /// <summary>The first half of the spectrum of real numbers.</summary>
    public static void Real(Tensor x, Tensor y, int dim, double scale) => Numbers.RunFloat(x.DType, new RealCall(x, y, dim, scale));

    /// <summary>Real numbers of the first half of their spectrum.</summary>
    public static void Half(Tensor x, Tensor y, int dim, double scale) => Numbers.RunFloat(y.DType, new HalfCall(x, y, dim, scale));

    readonly struct RealCall(Tensor x, Tensor y, int dim, double scale) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var p = Pins.Of(x, y);
            int n = x.Shape[dim];
            var ends = new RealEnds<T>(p.At<T>(0), Places(x, dim), p.At<Complex>(1), Places(y, dim), n, scale, FftPlan.Turns(n));
            if (x.Numel > 0) new FftLines<RealEnds<T>>(ends, FftPlan.Of(n % 2 == 0 ? n / 2 : n), Lines(y, dim), inverse: false).Run();
        }
    }

    readonly struct HalfCall(Tensor x, Tensor y, int dim, double scale) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var p = Pins.Of(x, y);
            int n = y.Shape[dim];
            var ends = new HalfEnds<T>(p.At<Complex>(0), Places(x, dim), p.At<T>(1), Places(y, dim), n, scale, FftPlan.Turns(n));
            if (y.Numel > 0) new FftLines<HalfEnds<T>>(ends, FftPlan.Of(n % 2 == 0 ? n / 2 : n), Lines(y, dim), inverse: true).Run();
        }
    }

    static FftPlaces Places(Tensor x, int dim) => new(x.Layout, dim);

    static nint Lines(Tensor x, int dim) => (nint)(x.Numel / x.Shape[dim]);
}
