using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>a + weight·(b − a), from the nearer end.</summary>
internal readonly struct LerpMap : IMap3
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V a, V b, V weight) where V : unmanaged, ISimd<V>
    {
        V way = b - a;
        return V.Select(V.Less(V.Abs(weight), V.Const(0.5)), a + weight * way, b - way * (V.Const(1) - weight));
    }
}
