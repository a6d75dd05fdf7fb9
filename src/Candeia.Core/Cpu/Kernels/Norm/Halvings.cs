using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>What becomes of 2×2 pixels, row by row, and how the gradient goes back to them.</summary>
internal interface IHalving<V> where V : unmanaged, ISimd<V>
{
    static abstract V Pool(V p, V q, V r, V s);

    static abstract void Spread(V gradient, V p, V q, V r, V s, out V ofP, out V ofQ, out V ofR, out V ofS);
}

/// <summary>Their mean.</summary>
internal readonly struct MeanOfFour<V> : IHalving<V> where V : unmanaged, ISimd<V>
{
    [MethodImpl(AggressiveInlining)] public static V Pool(V p, V q, V r, V s) => V.Const(0.25) * (p + q + (r + s));

    [MethodImpl(AggressiveInlining)] public static void Spread(V gradient, V p, V q, V r, V s, out V ofP, out V ofQ, out V ofR, out V ofS) =>
        ofP = ofQ = ofR = ofS = V.Const(0.25) * gradient;
}

/// <summary>The greatest: the first of equals, and not-a-number before all.</summary>
internal readonly struct GreatestOfFour<V> : IHalving<V> where V : unmanaged, ISimd<V>
{
    [MethodImpl(AggressiveInlining)] public static V Pool(V p, V q, V r, V s)
    {
        p = V.Select(Beats(q, p), q, p);
        p = V.Select(Beats(r, p), r, p);
        return V.Select(Beats(s, p), s, p);
    }

    [MethodImpl(AggressiveInlining)] public static void Spread(V gradient, V p, V q, V r, V s, out V ofP, out V ofQ, out V ofR, out V ofS)
    {
        V isQ = Beats(q, p);
        p = V.Select(isQ, q, p);
        V isR = Beats(r, p);
        p = V.Select(isR, r, p);
        V isS = Beats(s, p);
        ofS = gradient & isS;
        ofR = gradient & isR & ~isS;
        ofQ = gradient & isQ & ~(isR | isS);
        ofP = gradient & ~(isQ | isR | isS);
    }

    [MethodImpl(AggressiveInlining)] static V Beats(V next, V best) => V.Less(best, next) | ~V.Equal(next, next);
}
