using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Candeia.Kernels;

/// <summary>Distances of complex numbers from 0.</summary>
internal static class Magnitudes
{
    const double Least = 1e-280, Greatest = 1e300;                           // squares between these are exact enough

    public static void Run(ReadOnlySpan<Complex> x, Span<double> y)
    {
        for (int i = 0; (i += Some(x[i..], y[i..])) < x.Length; i++) y[i] = Complex.Abs(x[i]);
    }

    /// <summary>By registers, up to a square that is too small or too large; how many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static int Some(ReadOnlySpan<Complex> x, Span<double> y)
    {
        ref double from = ref Unsafe.As<Complex, double>(ref MemoryMarshal.GetReference(x)), to = ref MemoryMarshal.GetReference(y);
        int i = 0;
        for (; i + 2 <= x.Length; i += 2)
        {
            Vector128<double> a = Vector128.LoadUnsafe(ref from, (nuint)(2 * i)), b = Vector128.LoadUnsafe(ref from, (nuint)(2 * i + 2));
            Vector128<double> re = Zip.Low(a, b), im = Zip.High(a, b), square = re * re + im * im;
            if (!Vector128.GreaterThanAll(square, Vector128.Create(Least)) || !Vector128.LessThanAll(square, Vector128.Create(Greatest))) break;
            Vector128.Sqrt(square).StoreUnsafe(ref to, (nuint)i);
        }
        return i;
    }
}
