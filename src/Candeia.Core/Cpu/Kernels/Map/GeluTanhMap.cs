using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>The approximation of x·Φ(x) by a hyperbolic tangent.</summary>
internal readonly struct GeluTanhMap : IMap
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x) where V : unmanaged, ISimd<V>
    {
        V inner = V.Const(0.79788456080286535588) * V.Fma(x * x * x, V.Const(0.044715), x);
        return V.Const(0.5) * x * (V.Const(1) + Functions.Tanh(inner));
    }
}
