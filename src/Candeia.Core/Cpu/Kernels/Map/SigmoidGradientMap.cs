using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>The gradient through the sigmoid, from its output.</summary>
internal readonly struct SigmoidGradientMap : IMap2
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V y, V grad) where V : unmanaged, ISimd<V> => grad * y * (V.Const(1) - y);
}
