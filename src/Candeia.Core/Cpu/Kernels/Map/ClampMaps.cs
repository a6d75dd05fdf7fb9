using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>x between two bounds.</summary>
internal readonly struct ClampMap(double min, double max) : IMap
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x) where V : unmanaged, ISimd<V> => V.Min(V.Const(max), V.Max(V.Const(min), x));
}

/// <summary>The gradient through bounds, from what is bounded; that of a number at its bound passes.</summary>
internal readonly struct ClampGradientMap(double min, double max) : IMap2
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x, V grad) where V : unmanaged, ISimd<V> =>
        V.Select(V.LessOrEqual(V.Const(min), x) & V.LessOrEqual(x, V.Const(max)), grad, V.Const(0));
}

/// <summary>The same, but that of a number at its bound does not pass.</summary>
internal readonly struct HardtanhGradientMap(double min, double max) : IMap2
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x, V grad) where V : unmanaged, ISimd<V> =>
        V.Select(V.LessOrEqual(x, V.Const(min)) | V.LessOrEqual(V.Const(max), x), V.Const(0), grad);
}
