using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>The smallest; not a number if one is.</summary>
internal readonly struct Least : IReduction
{
    public static double Start => double.PositiveInfinity;
    [MethodImpl(AggressiveInlining)] public static V Step<V>(V so, V x) where V : unmanaged, ISimd<V> => V.Select(V.Equal(x, x), V.Min(x, so), x);
    [MethodImpl(AggressiveInlining)] public static V Merge<V>(V a, V b) where V : unmanaged, ISimd<V> => V.Select(V.Equal(b, b), V.Min(b, a), b);
    [MethodImpl(AggressiveInlining)] public static double Across<V>(V so) where V : unmanaged, ISimd<V> => V.Least(so);
    [MethodImpl(AggressiveInlining)] public static double Join(double a, double b) => Math.Min(a, b);
}
