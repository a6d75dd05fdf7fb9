using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

internal readonly struct Summing : IReduction
{
    public static double Start => 0;
    [MethodImpl(AggressiveInlining)] public static V Step<V>(V so, V x) where V : unmanaged, ISimd<V> => so + x;
    [MethodImpl(AggressiveInlining)] public static double Across<V>(V so) where V : unmanaged, ISimd<V> => V.Sum(so);
    [MethodImpl(AggressiveInlining)] public static double Join(double a, double b) => a + b;
}
