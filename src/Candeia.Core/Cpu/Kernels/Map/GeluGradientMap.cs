using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>The gradient through x·Φ(x), from its input: Φ(x) + x·φ(x).</summary>
internal readonly struct GeluGradientMap : IMap2
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x, V grad) where V : unmanaged, ISimd<V>
    {
        V density = V.Const(0.39894228040143267794) * Functions.Exp(V.Const(-0.5) * x * x);
        return grad * V.Fma(x, density, Functions.NormalBelow(x));
    }
}
