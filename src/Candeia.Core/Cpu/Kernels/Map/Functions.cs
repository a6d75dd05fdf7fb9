using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Elementary functions of registers, to about one unit in the last place where nothing else is said. Not-a-number stays so.</summary>
internal static class Functions
{
    /// <summary>eˣ; zero where it would be too small for a normal number.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Exp<V>(V x) where V : unmanaged, ISimd<V>
    {
        // x = n·log 2 + r with |r| ≤ log 2 / 2, then the series of e^r: 8 terms for floats, 14 for doubles.
        bool single = V.Element == 4;
        V most = V.Const(single ? 88.72283935546875 : 709.782712893384), least = V.Const(single ? -86.6 : -707.7);
        V within = V.Min(most, V.Max(least, x));
        V n = V.Round(within * V.Const(1.4426950408889634));
        V r = V.Fma(n, V.Const(single ? -0.693359375 : -6.93145751953125e-1), within);
        r = V.Fma(n, V.Const(single ? 2.12194440e-4 : -1.42860682030941723212e-6), r);
        V p = V.Const(1.0 / 5040);
        if (!single)
        {
            p = V.Fma(V.Const(1.0 / 6227020800), r, V.Const(1.0 / 479001600));
            p = V.Fma(p, r, V.Const(1.0 / 39916800));
            p = V.Fma(p, r, V.Const(1.0 / 3628800));
            p = V.Fma(p, r, V.Const(1.0 / 362880));
            p = V.Fma(p, r, V.Const(1.0 / 40320));
            p = V.Fma(p, r, V.Const(1.0 / 5040));
        }
        p = V.Fma(p, r, V.Const(1.0 / 720));
        p = V.Fma(p, r, V.Const(1.0 / 120));
        p = V.Fma(p, r, V.Const(1.0 / 24));
        p = V.Fma(p, r, V.Const(1.0 / 6));
        p = V.Fma(p, r, V.Const(0.5));
        p = V.Fma(p, r, V.Const(1));
        p = V.Fma(p, r, V.Const(1));
        p = p * V.Power2(n - V.Const(1)) * V.Const(2);          // 2ⁿ itself may be too large
        p = V.Select(V.Less(x, least), V.Const(0), p);
        return V.Select(V.Less(most, x), V.Const(double.PositiveInfinity), p);
    }

    /// <summary>eˣ − 1: near 0 by its series, in which nothing cancels.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Expm1<V>(V x) where V : unmanaged, ISimd<V>
    {
        V near = V.Max(V.Const(-0.5), V.Min(V.Const(0.5), x)), p = V.Const(V.Element == 4 ? 1.0 / 40320 : 1.0 / 1307674368000);
        if (V.Element == 8)
        {
            p = V.Fma(p, near, V.Const(1.0 / 87178291200));
            p = V.Fma(p, near, V.Const(1.0 / 6227020800));
            p = V.Fma(p, near, V.Const(1.0 / 479001600));
            p = V.Fma(p, near, V.Const(1.0 / 39916800));
            p = V.Fma(p, near, V.Const(1.0 / 3628800));
            p = V.Fma(p, near, V.Const(1.0 / 362880));
            p = V.Fma(p, near, V.Const(1.0 / 40320));
        }
        p = V.Fma(p, near, V.Const(1.0 / 5040));
        p = V.Fma(p, near, V.Const(1.0 / 720));
        p = V.Fma(p, near, V.Const(1.0 / 120));
        p = V.Fma(p, near, V.Const(1.0 / 24));
        p = V.Fma(p, near, V.Const(1.0 / 6));
        p = V.Fma(p, near, V.Const(0.5));
        return V.Select(V.Less(V.Abs(x), V.Const(0.5)), V.Fma(p * near, near, near), Exp(x) - V.Const(1));
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Sigmoid<V>(V x) where V : unmanaged, ISimd<V> => V.Const(1) / (V.Const(1) + Exp(-x));

    /// <summary>log(1 + eˣ) without overflow: max(x, 0) + log(1 + e^−|x|).</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Softplus<V>(V x) where V : unmanaged, ISimd<V> => V.Max(V.Const(0), x) + Log1pOfPart(Exp(-V.Abs(x)));

    // log(1 + t) for t from 0 to 1: twice the area tangent of t/(2 + t), which is at most 1/3, by its series.
    [MethodImpl(AggressiveInlining)]
    static V Log1pOfPart<V>(V t) where V : unmanaged, ISimd<V>
    {
        V s = t / (V.Const(2) + t), z = s * s, p = V.Const(V.Element == 4 ? 1.0 / 15 : 1.0 / 33);
        if (V.Element == 8) for (int n = 31; n > 15; n -= 2) p = V.Fma(p, z, V.Const(1.0 / n));
        if (V.Element == 8) p = V.Fma(p, z, V.Const(1.0 / 15));
        p = V.Fma(p, z, V.Const(1.0 / 13));
        p = V.Fma(p, z, V.Const(1.0 / 11));
        p = V.Fma(p, z, V.Const(1.0 / 9));
        p = V.Fma(p, z, V.Const(1.0 / 7));
        p = V.Fma(p, z, V.Const(1.0 / 5));
        p = V.Fma(p, z, V.Const(1.0 / 3));
        p = V.Fma(p, z, V.Const(1));
        return (s + s) * p;
    }

    /// <summary>The hyperbolic tangent: a rational function near zero, by way of eˣ elsewhere (Cephes).</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Tanh<V>(V x) where V : unmanaged, ISimd<V>
    {
        V a = V.Abs(x), z = x * x;
        V far = V.Const(1) - V.Const(2) / (Exp(a + a) + V.Const(1));
        far |= x & V.Const(-0.0);
        V p = V.Fma(V.Const(-9.64399179425052238628e-1), z, V.Const(-9.92877231001918586564e1));
        p = V.Fma(p, z, V.Const(-1.61468768441708447952e3));
        V q = V.Fma(z + V.Const(1.12811678491632931402e2), z, V.Const(2.23548839060100448583e3));
        q = V.Fma(q, z, V.Const(4.84406305325125486048e3));
        return V.Select(V.Less(a, V.Const(0.625)), V.Fma(x * z, p / q, x), far);
    }

    /// <summary>The sine of x + quarters·π/2, for |x| up to 10 000: the nearest quarter turn is taken off in three parts, then the series of Cephes.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Sine<V>(V x, double quarters) where V : unmanaged, ISimd<V>
    {
        bool single = V.Element == 4;
        V turns = V.Round(x * V.Const(2 / Math.PI));
        V r = V.Fma(turns, V.Const(single ? -1.57079637050628662109375 : -1.5707963267948966), x);
        r = V.Fma(turns, V.Const(single ? 4.37113900018624283e-8 : -6.123233995736766e-17), r);
        r = V.Fma(turns, V.Const(single ? 1.71512449171498e-15 : 1.4973849048591833e-33), r);
        V z = r * r, sin, cos;
        if (single)
        {
            sin = V.Fma(V.Fma(V.Const(-1.9515295891e-4), z, V.Const(8.3321608736e-3)), z, V.Const(-1.6666654611e-1));
            cos = V.Fma(V.Fma(V.Const(2.443315711809948e-5), z, V.Const(-1.388731625493765e-3)), z, V.Const(4.166664568298827e-2));
        }
        else
        {
            sin = V.Fma(V.Const(1.58962301576546568060e-10), z, V.Const(-2.50507477628578072866e-8));
            sin = V.Fma(sin, z, V.Const(2.75573136213857245213e-6));
            sin = V.Fma(sin, z, V.Const(-1.98412698295895385996e-4));
            sin = V.Fma(sin, z, V.Const(8.33333333332211858878e-3));
            sin = V.Fma(sin, z, V.Const(-1.66666666666666307295e-1));
            cos = V.Fma(V.Const(-1.13585365213876817300e-11), z, V.Const(2.08757008419747316778e-9));
            cos = V.Fma(cos, z, V.Const(-2.75573141792967388112e-7));
            cos = V.Fma(cos, z, V.Const(2.48015872888517045348e-5));
            cos = V.Fma(cos, z, V.Const(-1.38888888888730564116e-3));
            cos = V.Fma(cos, z, V.Const(4.16666666666665929218e-2));
        }
        sin = V.Fma(sin * z, r, r);
        cos = V.Fma(cos * z, z, V.Fma(z, V.Const(-0.5), V.Const(1)));
        V quadrant = turns + V.Const(quarters);
        quadrant = quadrant - V.Round(V.Fma(quadrant, V.Const(0.25), V.Const(-0.375))) * V.Const(4);          // 0 to 3
        V odd = V.Equal(quadrant, V.Const(1)) | V.Equal(quadrant, V.Const(3));
        return V.Select(odd, cos, sin) ^ (V.LessOrEqual(V.Const(2), quadrant) & V.Const(-0.0));
    }

    /// <summary>The error function (Cephes).</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Erf<V>(V x) where V : unmanaged, ISimd<V>
    {
        V a = V.Abs(x), z = x * x;
        V t = V.Fma(V.Const(9.60497373987051638749), z, V.Const(9.00260197203842689217e1));
        t = V.Fma(t, z, V.Const(2.23200534594684319226e3));
        t = V.Fma(t, z, V.Const(7.00332514112805075473e3));
        t = V.Fma(t, z, V.Const(5.55923013010394962768e4));
        V u = V.Fma(z + V.Const(3.35617141647503099647e1), z, V.Const(5.21357949780152679795e2));
        u = V.Fma(u, z, V.Const(4.59432382970980127987e3));
        u = V.Fma(u, z, V.Const(2.26290000613890934246e4));
        u = V.Fma(u, z, V.Const(4.92673942608635921086e4));
        return V.Select(V.Less(V.Const(1), a), ErfFar(a) | x & V.Const(-0.0), x * t / u);
    }

    // 1 − e^(−a²)·P(a)/Q(a); at 6 and beyond the second part is below the last place of 1.
    [MethodImpl(AggressiveInlining)]
    static V ErfFar<V>(V a) where V : unmanaged, ISimd<V>
    {
        a = V.Min(V.Const(6), a);
        V p = V.Fma(V.Const(2.46196981473530512524e-10), a, V.Const(5.64189564831068821977e-1));
        p = V.Fma(p, a, V.Const(7.46321056442269912687));
        p = V.Fma(p, a, V.Const(4.86371970985681366614e1));
        p = V.Fma(p, a, V.Const(1.96520832956077098242e2));
        p = V.Fma(p, a, V.Const(5.26445194995477358631e2));
        p = V.Fma(p, a, V.Const(9.34528527171957607540e2));
        p = V.Fma(p, a, V.Const(1.02755188689515710272e3));
        p = V.Fma(p, a, V.Const(5.57535335369399327526e2));
        V q = V.Const(1.32281951154744992508e1) + a;
        q = V.Fma(q, a, V.Const(8.67072140885989742329e1));
        q = V.Fma(q, a, V.Const(3.54937778887819891062e2));
        q = V.Fma(q, a, V.Const(9.75708501743205489753e2));
        q = V.Fma(q, a, V.Const(1.82390916687909736289e3));
        q = V.Fma(q, a, V.Const(2.24633760818710981792e3));
        q = V.Fma(q, a, V.Const(1.65666309194161350182e3));
        q = V.Fma(q, a, V.Const(5.57535340817727675546e2));
        return V.Const(1) - Exp(-(a * a)) * p / q;
    }
}
