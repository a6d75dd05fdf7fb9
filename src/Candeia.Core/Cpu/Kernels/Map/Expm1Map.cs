using System.Runtime.CompilerServices;

namespace Candeia.Kernels;

/// <summary>eˣ − 1.</summary>
internal readonly struct Expm1Map : IMap
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : unmanaged, ISimd<V> => Functions.Expm1(x);
}
