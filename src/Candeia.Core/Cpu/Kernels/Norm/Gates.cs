using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Whether the gradient of a normalized number goes on: not where bounds have cut the number off.</summary>
internal interface IGate<V> where V : unmanaged, ISimd<V>
{
    /// <summary>The number between its bounds.</summary>
    static abstract V Bound(V value, V floor, V ceiling);

    /// <summary>Its gradient, from that of what <see cref="Bound"/> gives.</summary>
    static abstract V Through(V gradient, V value, V floor, V ceiling);
}

/// <summary>There are no bounds.</summary>
internal readonly struct Open<V> : IGate<V> where V : unmanaged, ISimd<V>
{
    [MethodImpl(AggressiveInlining)] public static V Bound(V value, V floor, V ceiling) => value;

    [MethodImpl(AggressiveInlining)] public static V Through(V gradient, V value, V floor, V ceiling) => gradient;
}

/// <summary>Two bounds: 0 and ∞ are ReLU. The gradient of a number at its bound does not pass, that of not-a-number does.</summary>
internal readonly struct Bounded<V> : IGate<V> where V : unmanaged, ISimd<V>
{
    [MethodImpl(AggressiveInlining)] public static V Bound(V value, V floor, V ceiling) => V.Min(ceiling, V.Max(floor, value));

    [MethodImpl(AggressiveInlining)] public static V Through(V gradient, V value, V floor, V ceiling) =>
        V.Select(V.LessOrEqual(value, floor) | V.LessOrEqual(ceiling, value), V.Const(0), gradient);
}
