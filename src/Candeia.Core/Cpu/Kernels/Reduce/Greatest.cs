using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>The largest; not a number if one is. <c>V.Max</c> keeps a second operand that is not a number, the selection a first.</summary>
internal readonly struct Greatest : IReduction
{
    public static double Start => double.NegativeInfinity;
    [MethodImpl(AggressiveInlining)] public static V Step<V>(V so, V x) where V : unmanaged, ISimd<V> => V.Select(V.Equal(x, x), V.Max(x, so), x);
    [MethodImpl(AggressiveInlining)] public static V Merge<V>(V a, V b) where V : unmanaged, ISimd<V> => V.Select(V.Equal(b, b), V.Max(b, a), b);
    [MethodImpl(AggressiveInlining)] public static double Across<V>(V so) where V : unmanaged, ISimd<V> => V.Greatest(so);
    [MethodImpl(AggressiveInlining)] public static double Join(double a, double b) => Math.Max(a, b);
}
