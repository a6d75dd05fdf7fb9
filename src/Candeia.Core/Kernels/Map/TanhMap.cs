using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>The hyperbolic tangent.</summary>
internal readonly struct TanhMap : IMap
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x) where V : unmanaged, ISimd<V> => Functions.Tanh(x);
}
