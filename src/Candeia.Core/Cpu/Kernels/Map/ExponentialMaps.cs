using System.Runtime.CompilerServices;

namespace Candeia.Kernels;

/// <summary>eˣ, exactly 1 for 0.</summary>
internal readonly struct ExpMap : IMap
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V>(V x) where V : unmanaged, ISimd<V> => Functions.Exp(x);
}

/// <summary>The hyperbolic tangent, exactly 0 for 0.</summary>
internal readonly struct TanhMap : IMap
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V>(V x) where V : unmanaged, ISimd<V> => Functions.Tanh(x);
}

/// <summary>1 / (1 + e⁻ˣ).</summary>
internal readonly struct SigmoidMap : IMap
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V>(V x) where V : unmanaged, ISimd<V> => Functions.Sigmoid(x);
}
