using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Elementary functions of registers, to about one unit in the last place where nothing else is said. Not-a-number stays so.</summary>
internal static class Functions
{
    /// <summary>eˣ; of doubles to 1e-11 only, if they are to be floats in the end.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Exp<V>(V x, bool forFloats = false) where V : unmanaged, ISimd<V>
    {
        // x = n·log 2 + r with |r| ≤ log 2 / 2; beyond the bounds the result is infinite or zero anyway.
        bool single = V.Element == 4;
        V within = V.Min(V.Const(single ? 89.5 : 710.5), V.Max(V.Const(single ? -105 : -746), x));
        V n = V.Round(within * V.Const(1.4426950408889634));
        V r = V.Fma(n, V.Const(single ? -0.693359375 : -6.93145751953125e-1), within);
        r = V.Fma(n, V.Const(single ? 2.12194440e-4 : -1.42860682030941723212e-6), r);
        V p;
        if (single)                                             // 1 + r + r²·P(r), P the best of its degree: 3e-9
        {
            p = V.Fma(V.Const(0.0013814608100801706), r, V.Const(0.008368710987269878));
            p = V.Fma(p, r, V.Const(0.04166838899254799));
            p = V.Fma(p, r, V.Const(0.1666652113199234));
            p = V.Fma(p, r, V.Const(0.4999999403953552));
        }
        else                                                    // the series
        {
            p = V.Const(forFloats ? 1.0 / 362880 : 1.0 / 6227020800);
            if (!forFloats)
            {
                p = V.Fma(p, r, V.Const(1.0 / 479001600));
                p = V.Fma(p, r, V.Const(1.0 / 39916800));
                p = V.Fma(p, r, V.Const(1.0 / 3628800));
                p = V.Fma(p, r, V.Const(1.0 / 362880));
            }
            p = V.Fma(p, r, V.Const(1.0 / 40320));
            p = V.Fma(p, r, V.Const(1.0 / 5040));
            p = V.Fma(p, r, V.Const(1.0 / 720));
            p = V.Fma(p, r, V.Const(1.0 / 120));
            p = V.Fma(p, r, V.Const(1.0 / 24));
            p = V.Fma(p, r, V.Const(1.0 / 6));
            p = V.Fma(p, r, V.Const(0.5));
        }
        p = V.Fma(p, r, V.Const(1));
        return V.Scale(V.Fma(p, r, V.Const(1)), n);
    }

    /// <summary>The natural logarithm of a positive normal number; of doubles to 1e-12 only, if they are to be floats in the end.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Log<V>(V x, bool forFloats = false) where V : unmanaged, ISimd<V>
    {
        // x = 2ⁿ·m with m from √½ to √2, then twice the area tangent of (m − 1)/(m + 1), which is at most 0.172, by its series.
        V n = V.Exponent(x), m = V.Scale(x, -n), large = V.Less(V.Const(1.4142135623730951), m);
        n += V.Const(1) & large;
        m = V.Select(large, m * V.Const(0.5), m);
        V t = (m - V.Const(1)) / (m + V.Const(1)), z = t * t, p = V.Const(V.Element == 4 ? 1.0 / 9 : forFloats ? 1.0 / 13 : 1.0 / 17);
        if (V.Element == 8)
        {
            if (!forFloats)
            {
                p = V.Fma(p, z, V.Const(1.0 / 15));
                p = V.Fma(p, z, V.Const(1.0 / 13));
            }
            p = V.Fma(p, z, V.Const(1.0 / 11));
            p = V.Fma(p, z, V.Const(1.0 / 9));
        }
        p = V.Fma(p, z, V.Const(1.0 / 7));
        p = V.Fma(p, z, V.Const(1.0 / 5));
        p = V.Fma(p, z, V.Const(1.0 / 3));
        t += t;
        return V.Fma(n, V.Const(0.6931471805599453), V.Fma(p * z, t, t));
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

    /// <summary>The hyperbolic tangent: near zero a polynomial, or for doubles a rational function (Cephes), by way of eˣ elsewhere.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Tanh<V>(V x) where V : unmanaged, ISimd<V>
    {
        V a = V.Abs(x), z = x * x, near;
        V far = V.Const(1) - V.Const(2) / (Exp(a + a) + V.Const(1));
        far |= x & V.Const(-0.0);
        if (V.Element == 4)
        {
            V p = V.Fma(V.Const(0.0021429636981338263), z, V.Const(-0.008177400566637516));
            p = V.Fma(p, z, V.Const(0.021700704470276833));
            p = V.Fma(p, z, V.Const(-0.05394676327705383));
            p = V.Fma(p, z, V.Const(0.1333320587873459));
            near = V.Fma(p, z, V.Const(-0.3333333134651184));
        }
        else
        {
            V p = V.Fma(V.Const(-9.64399179425052238628e-1), z, V.Const(-9.92877231001918586564e1));
            p = V.Fma(p, z, V.Const(-1.61468768441708447952e3));
            V q = V.Fma(z + V.Const(1.12811678491632931402e2), z, V.Const(2.23548839060100448583e3));
            near = p / V.Fma(q, z, V.Const(4.84406305325125486048e3));
        }
        return V.Select(V.Less(a, V.Const(0.625)), V.Fma(x * z, near, x), far);
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

    /// <summary>The error function.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Erf<V>(V x) where V : unmanaged, ISimd<V>
    {
        V a = V.Abs(x);
        return V.Select(V.Less(V.Const(1), a), V.Const(1) - Erfc(a) | x & V.Const(-0.0), ErfNear(x));
    }

    /// <summary>The normal distribution's probability below x.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V NormalBelow<V>(V x) where V : unmanaged, ISimd<V>
    {
        V z = x * V.Const(0.70710678118654752440), a = V.Abs(z), half = V.Const(0.5) * Erfc(a);
        V below = V.Select(V.Less(x, V.Const(0)), half, V.Const(1) - half);
        return V.Element == 4 ? below : V.Select(V.Less(V.Const(1), a), below, V.Fma(V.Const(0.5), ErfNear(z), V.Const(0.5)));
    }

    // The error function for |x| ≤ 1: a polynomial for floats, a rational function for doubles (Cephes).
    [MethodImpl(AggressiveInlining)]
    static V ErfNear<V>(V x) where V : unmanaged, ISimd<V>
    {
        V z = x * x;
        if (V.Element == 4)
        {
            V p = V.Fma(V.Const(7.854008435970172e-05), z, V.Const(-0.0008010242017917335));
            p = V.Fma(p, z, V.Const(0.005188333801925182));
            p = V.Fma(p, z, V.Const(-0.026853814721107483));
            p = V.Fma(p, z, V.Const(0.1128358542919159));
            p = V.Fma(p, z, V.Const(-0.3761262595653534));
            p = V.Fma(p, z, V.Const(0.12837916612625122));
            return V.Fma(p, x, x);
        }
        V t = V.Fma(V.Const(9.60497373987051638749), z, V.Const(9.00260197203842689217e1));
        t = V.Fma(t, z, V.Const(2.23200534594684319226e3));
        t = V.Fma(t, z, V.Const(7.00332514112805075473e3));
        t = V.Fma(t, z, V.Const(5.55923013010394962768e4));
        V u = V.Fma(z + V.Const(3.35617141647503099647e1), z, V.Const(5.21357949780152679795e2));
        u = V.Fma(u, z, V.Const(4.59432382970980127987e3));
        u = V.Fma(u, z, V.Const(2.26290000613890934246e4));
        u = V.Fma(u, z, V.Const(4.92673942608635921086e4));
        return x * t / u;
    }

    // 1 − erf(a) to a few units in the last place of 1: for floats and a ≥ 0 its logarithm, divided by −a, is a polynomial; for doubles and a ≥ 1 it is
    // e^(−a²)·P(a)/Q(a) (Cephes).
    [MethodImpl(AggressiveInlining)]
    static V Erfc<V>(V a) where V : unmanaged, ISimd<V>
    {
        V most = V.Const(V.Element == 4 ? 5.5 : 6), t = V.Min(most, a), power, p;             // at the most it is below the last place of 1
        if (V.Element == 4)
        {
            p = V.Fma(V.Const(6.941525612091937e-07), t, V.Const(-1.4839042705716565e-05));
            p = V.Fma(p, t, V.Const(0.0001332147658104077));
            p = V.Fma(p, t, V.Const(-0.0006455689435824752));
            p = V.Fma(p, t, V.Const(0.0016468330286443233));
            p = V.Fma(p, t, V.Const(-0.00010829795064637437));
            p = V.Fma(p, t, V.Const(-0.019197531044483185));
            p = V.Fma(p, t, V.Const(0.10279525816440582));
            p = V.Fma(p, t, V.Const(0.6366164088249207));
            power = t * V.Fma(p, t, V.Const(1.1283793449401855));
            p = V.Const(1);
        }
        else
        {
            p = V.Fma(V.Const(2.46196981473530512524e-10), t, V.Const(5.64189564831068821977e-1));
            p = V.Fma(p, t, V.Const(7.46321056442269912687));
            p = V.Fma(p, t, V.Const(4.86371970985681366614e1));
            p = V.Fma(p, t, V.Const(1.96520832956077098242e2));
            p = V.Fma(p, t, V.Const(5.26445194995477358631e2));
            p = V.Fma(p, t, V.Const(9.34528527171957607540e2));
            p = V.Fma(p, t, V.Const(1.02755188689515710272e3));
            p = V.Fma(p, t, V.Const(5.57535335369399327526e2));
            V q = V.Const(1.32281951154744992508e1) + t;
            q = V.Fma(q, t, V.Const(8.67072140885989742329e1));
            q = V.Fma(q, t, V.Const(3.54937778887819891062e2));
            q = V.Fma(q, t, V.Const(9.75708501743205489753e2));
            q = V.Fma(q, t, V.Const(1.82390916687909736289e3));
            q = V.Fma(q, t, V.Const(2.24633760818710981792e3));
            q = V.Fma(q, t, V.Const(1.65666309194161350182e3));
            q = V.Fma(q, t, V.Const(5.57535340817727675546e2));
            power = t * t;
            p /= q;
        }
        return V.Select(V.Less(most, a), V.Const(0), Exp(-power) * p);
    }
}
