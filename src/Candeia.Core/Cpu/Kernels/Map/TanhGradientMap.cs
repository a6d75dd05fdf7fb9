using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>The gradient through the hyperbolic tangent, from its output.</summary>
internal readonly struct TanhGradientMap : IMap2
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V y, V grad) where V : unmanaged, ISimd<V> => grad * V.Fma(-y, y, V.Const(1));
}
