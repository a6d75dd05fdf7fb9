using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>eˣ.</summary>
internal readonly struct ExpMap : IMap
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x) where V : unmanaged, ISimd<V> => Functions.Exp(x);
}
