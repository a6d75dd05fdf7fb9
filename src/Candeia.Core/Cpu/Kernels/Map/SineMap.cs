using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Candeia.Kernels;

/// <summary>The sine of x and quarter turns more. Numbers of many turns go another way, each for itself.</summary>
internal readonly struct SineMap(double quarters) : IMap
{
    const double Far = 10_000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V>(V x) where V : unmanaged, ISimd<V> => Functions.Sine(x, quarters);

    public static void Sin<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => Run(x, y, 0, T.Sin);

    public static void Cos<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => Run(x, y, 1, T.Cos);

    // The output may be the input, so what is far is looked for before. Without products that are rounded once, the quarter turns would not come off exactly.
    static void Run<T>(ReadOnlySpan<T> x, Span<T> y, double quarters, Func<T, T> far) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T limit = T.CreateTruncating(Fma.IsSupported || AdvSimd.IsSupported ? Far : -1);
        if (Bounds.Hold(x, -limit, limit))
        {
            Map.Run(new SineMap(quarters), x, y);
            return;
        }
        Span<T> one = stackalloc T[1];
        for (int i = 0; i < y.Length; i++)
        {
            if (!(T.Abs(x[i]) <= limit))
            {
                y[i] = far(x[i]);
                continue;
            }
            Map.Run(new SineMap(quarters), x.Slice(i, 1), one);
            y[i] = one[0];
        }
    }
}
