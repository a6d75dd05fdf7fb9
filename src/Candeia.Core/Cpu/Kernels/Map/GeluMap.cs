using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>x·Φ(x), where Φ is the normal distribution's probability below x.</summary>
internal readonly struct GeluMap : IMap
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x) where V : unmanaged, ISimd<V> => x * Functions.NormalBelow(x);
}
