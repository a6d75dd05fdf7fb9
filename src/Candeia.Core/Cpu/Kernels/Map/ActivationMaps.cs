using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>An activation, and how steep it is.</summary>
internal interface IActivation : IMap
{
    V Slope<V>(V x) where V : unmanaged, ISimd<V>;
}

/// <summary>The gradient through an activation, from its input.</summary>
internal readonly struct SlopeMap<TActivation>(TActivation activation) : IMap2 where TActivation : struct, IActivation
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x, V grad) where V : unmanaged, ISimd<V> => grad * activation.Slope(x);
}

/// <summary>x above 0, slope·x below.</summary>
internal readonly struct LeakyReluMap(double slope) : IActivation
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x) where V : unmanaged, ISimd<V> => V.Select(V.Less(V.Const(0), x), x, x * V.Const(slope));

    [MethodImpl(AggressiveInlining)] public V Slope<V>(V x) where V : unmanaged, ISimd<V> => V.Select(V.Less(V.Const(0), x), V.Const(1), V.Const(slope));
}

/// <summary>scale·x above 0, scale·α·(e^(rate·x) − 1) below.</summary>
internal readonly struct EluMap(double alpha, double scale, double rate) : IActivation
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x) where V : unmanaged, ISimd<V> =>
        V.Select(V.Less(V.Const(0), x), x, Functions.Expm1(x * V.Const(rate)) * V.Const(alpha)) * V.Const(scale);

    [MethodImpl(AggressiveInlining)] public V Slope<V>(V x) where V : unmanaged, ISimd<V> =>
        V.Select(V.Less(V.Const(0), x), V.Const(scale), Functions.Exp(x * V.Const(rate)) * V.Const(alpha * scale * rate));
}

/// <summary>A sigmoid of three straight lines.</summary>
internal readonly struct HardsigmoidMap : IActivation
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x) where V : unmanaged, ISimd<V> =>
        V.Min(V.Const(6), V.Max(V.Const(0), x + V.Const(3))) / V.Const(6);

    [MethodImpl(AggressiveInlining)] public V Slope<V>(V x) where V : unmanaged, ISimd<V> => V.Select(V.Less(V.Abs(x), V.Const(3)), V.Const(1.0 / 6), V.Const(0));
}

/// <summary>x times that.</summary>
internal readonly struct HardswishMap : IActivation
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x) where V : unmanaged, ISimd<V> => x * new HardsigmoidMap().Apply(x);

    [MethodImpl(AggressiveInlining)] public V Slope<V>(V x) where V : unmanaged, ISimd<V> =>
        V.Select(V.Less(V.Abs(x), V.Const(3)), V.Fma(x, V.Const(1.0 / 3), V.Const(0.5)), V.Select(V.LessOrEqual(x, V.Const(-3)), V.Const(0), V.Const(1)));
}

/// <summary>log(1 + e^(βx)) / β.</summary>
internal readonly struct SoftplusMap(double beta) : IActivation
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x) where V : unmanaged, ISimd<V> => Functions.Softplus(x * V.Const(beta)) / V.Const(beta);

    [MethodImpl(AggressiveInlining)] public V Slope<V>(V x) where V : unmanaged, ISimd<V> => Functions.Sigmoid(x * V.Const(beta));
}

/// <summary>The logarithm of the sigmoid.</summary>
internal readonly struct LogSigmoidMap : IActivation
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x) where V : unmanaged, ISimd<V> => -Functions.Softplus(-x);

    [MethodImpl(AggressiveInlining)] public V Slope<V>(V x) where V : unmanaged, ISimd<V> => Functions.Sigmoid(-x);
}

/// <summary>x·tanh(log(1 + eˣ)).</summary>
internal readonly struct MishMap : IActivation
{
    [MethodImpl(AggressiveInlining)] public V Apply<V>(V x) where V : unmanaged, ISimd<V> => x * Functions.Tanh(Functions.Softplus(x));

    [MethodImpl(AggressiveInlining)] public V Slope<V>(V x) where V : unmanaged, ISimd<V>
    {
        V t = Functions.Tanh(Functions.Softplus(x));
        return V.Fma(x * Functions.Sigmoid(x), V.Const(1) - t * t, t);
    }
}
