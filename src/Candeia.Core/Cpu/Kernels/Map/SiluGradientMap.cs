using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>The gradient through x·sigmoid(x), from its input.</summary>
internal readonly struct SiluGradientMap : IMap2
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x, V grad) where V : unmanaged, ISimd<V>
    {
        V s = Functions.Sigmoid(x);
        return grad * s * V.Fma(x, V.Const(1) - s, V.Const(1));
    }
}
