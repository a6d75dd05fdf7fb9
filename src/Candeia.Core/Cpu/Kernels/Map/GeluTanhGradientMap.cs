using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>The gradient through the approximation of x·Φ(x) by a hyperbolic tangent, from its input.</summary>
internal readonly struct GeluTanhGradientMap : IMap2
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x, V grad) where V : unmanaged, ISimd<V>
    {
        V square = x * x, inner = V.Const(0.79788456080286535588) * x * V.Fma(square, V.Const(0.044715), V.Const(1)), t = Functions.Tanh(inner);
        V slope = V.Const(0.79788456080286535588) * V.Fma(square, V.Const(3 * 0.044715), V.Const(1)) * V.Fma(-t, t, V.Const(1));
        return grad * V.Const(0.5) * (V.Const(1) + V.Fma(x, slope, t));
    }
}
