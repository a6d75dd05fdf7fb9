using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>1 / (1 + e⁻ˣ).</summary>
internal readonly struct SigmoidMap : IMap
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x) where V : unmanaged, ISimd<V> => Functions.Sigmoid(x);
}
