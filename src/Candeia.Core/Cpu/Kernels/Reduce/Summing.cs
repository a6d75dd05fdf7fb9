using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

internal readonly struct Summing : IReduction
{
    public static double Start => 0;
    [MethodImpl(AggressiveInlining)] public static V Step<V>(V so, V x) where V : unmanaged, ISimd<V> => so + x;
    [MethodImpl(AggressiveInlining)] public static V Merge<V>(V a, V b) where V : unmanaged, ISimd<V> => a + b;
    [MethodImpl(AggressiveInlining)] public static double Across<V>(V so) where V : unmanaged, ISimd<V> => V.Sum(so);
    [MethodImpl(AggressiveInlining)] public static double Join(double a, double b) => a + b;
}

/// <summary>Sums of squares.</summary>
internal readonly struct SummingSquares : IReduction
{
    public static double Start => 0;
    [MethodImpl(AggressiveInlining)] public static V Step<V>(V so, V x) where V : unmanaged, ISimd<V> => V.Fma(x, x, so);
    [MethodImpl(AggressiveInlining)] public static V Merge<V>(V a, V b) where V : unmanaged, ISimd<V> => a + b;
    [MethodImpl(AggressiveInlining)] public static double Across<V>(V so) where V : unmanaged, ISimd<V> => V.Sum(so);
    [MethodImpl(AggressiveInlining)] public static double Join(double a, double b) => a + b;
}

/// <summary>Sums of squares of distances from a number.</summary>
internal readonly struct SummingSquaresAround : IReduction
{
    public static bool Around => true;
    public static double Start => 0;
    [MethodImpl(AggressiveInlining)] public static V Step<V>(V so, V x) where V : unmanaged, ISimd<V> => V.Fma(x, x, so);
    [MethodImpl(AggressiveInlining)] public static V Merge<V>(V a, V b) where V : unmanaged, ISimd<V> => a + b;
    [MethodImpl(AggressiveInlining)] public static double Across<V>(V so) where V : unmanaged, ISimd<V> => V.Sum(so);
    [MethodImpl(AggressiveInlining)] public static double Join(double a, double b) => a + b;
}

/// <summary>Sums of distances from 0.</summary>
internal readonly struct SummingMagnitudes : IReduction
{
    public static double Start => 0;
    [MethodImpl(AggressiveInlining)] public static V Step<V>(V so, V x) where V : unmanaged, ISimd<V> => so + V.Abs(x);
    [MethodImpl(AggressiveInlining)] public static V Merge<V>(V a, V b) where V : unmanaged, ISimd<V> => a + b;
    [MethodImpl(AggressiveInlining)] public static double Across<V>(V so) where V : unmanaged, ISimd<V> => V.Sum(so);
    [MethodImpl(AggressiveInlining)] public static double Join(double a, double b) => a + b;
}
