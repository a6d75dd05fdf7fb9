using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>max(x, 0).</summary>
internal readonly struct ReluMap : IMap
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x) where V : unmanaged, ISimd<V> => V.Max(V.Const(0), x);
}
