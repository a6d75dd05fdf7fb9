using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>add·x + keep·y.</summary>
internal readonly struct BlendMap(double keep, double add) : IMap2
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x, V y) where V : unmanaged, ISimd<V> => V.Fma(V.Const(add), x, V.Const(keep) * y);
}
