using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Products.</summary>
internal readonly unsafe struct Multiplying : IReduction
{
    public static double Start => 1;
    [MethodImpl(AggressiveInlining)] public static V Step<V>(V so, V x) where V : unmanaged, ISimd<V> => so * x;
    [MethodImpl(AggressiveInlining)] public static V Merge<V>(V a, V b) where V : unmanaged, ISimd<V> => a * b;

    [MethodImpl(AggressiveInlining)] public static double Across<V>(V so) where V : unmanaged, ISimd<V>
    {
        double product = 1;
        for (nint i = 0; i < V.Size; i += V.Element) product *= Reducer.Read<V>((byte*)&so + i);
        return product;
    }

    [MethodImpl(AggressiveInlining)] public static double Join(double a, double b) => a * b;
}
