using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>The gradient through max(x, 0), from its output or its input.</summary>
internal readonly struct ReluGradientMap : IMap2
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V y, V grad) where V : unmanaged, ISimd<V> => ~V.LessOrEqual(y, V.Const(0)) & grad;
}
