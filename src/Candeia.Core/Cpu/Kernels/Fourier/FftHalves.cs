using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// 2h real numbers are transformed as h complex ones. This makes the first h + 1 numbers of their spectrum of the transform of these, in place; or, the other way,
/// what has to be transformed of the first h + 1. Pairs k and h − k, for k from … to − 1 of up to h / 2, of s sequences side by side.
/// </summary>
internal readonly unsafe struct FftHalves(double* re, double* im, nint half, nint s, nint from, nint to, bool back, double* turns) : ISimdCall
{
    /// <summary>All pairs.</summary>
    public static nint Pairs(nint half) => half / 2 + 1;

    public void Run<V>() where V : unmanaged, ISimd<V>
    {
        if (from == 0) Ends<V>();
        if (back) Back<V>(Math.Max(1, from));
        else Forth<V>(Math.Max(1, from));
    }

    [MethodImpl(AggressiveInlining)] static V At<V>(double* p, nint i) where V : unmanaged, ISimd<V> => V.Load((byte*)(p + i));

    /// <summary>The first and the last of a spectrum have no imaginary parts.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)] void Ends<V>() where V : unmanaged, ISimd<V>
    {
        for (nint i = 0, last = half * s; i < s; i += V.Size / V.Element, last += V.Size / V.Element)
        {
            V a = At<V>(re, i), b = At<V>(back ? re : im, back ? last : i), none = V.Const(0);
            (a + b).Store((byte*)(re + i));
            (a - b).Store((byte*)(back ? im + i : re + last));
            if (!back) none.Store((byte*)(im + i));
            if (!back) none.Store((byte*)(im + last));
        }
    }

    [MethodImpl(AggressiveOptimization | NoInlining)] void Forth<V>(nint first) where V : unmanaged, ISimd<V>
    {
        V part = V.Const(0.5);
        for (nint k = first; k < to; k++)
        {
            V cos = V.Splat((byte*)(turns + 2 * k)), sin = V.Splat((byte*)(turns + 2 * k + 1));
            for (nint i = k * s, j = (half - k) * s, end = i + s; i < end; i += V.Size / V.Element, j += V.Size / V.Element)
            {
                V zr = At<V>(re, i), zi = At<V>(im, i), wr = At<V>(re, j), wi = At<V>(im, j);
                V er = (zr + wr) * part, ei = (zi - wi) * part, or = (zi + wi) * part, oi = (wr - zr) * part;
                V tr = V.Fma(or, cos, oi * sin), ti = oi * cos - or * sin;
                (er + tr).Store((byte*)(re + i));
                (ei + ti).Store((byte*)(im + i));
                (er - tr).Store((byte*)(re + j));
                (ti - ei).Store((byte*)(im + j));
            }
        }
    }

    [MethodImpl(AggressiveOptimization | NoInlining)] void Back<V>(nint first) where V : unmanaged, ISimd<V>
    {
        for (nint k = first; k < to; k++)
        {
            V cos = V.Splat((byte*)(turns + 2 * k)), sin = V.Splat((byte*)(turns + 2 * k + 1));
            for (nint i = k * s, j = (half - k) * s, end = i + s; i < end; i += V.Size / V.Element, j += V.Size / V.Element)
            {
                V zr = At<V>(re, i), zi = At<V>(im, i), wr = At<V>(re, j), wi = At<V>(im, j);
                V er = zr + wr, ei = zi - wi, dr = zr - wr, di = zi + wi, tr = V.Fma(dr, sin, di * cos), ti = dr * cos - di * sin;
                (er - tr).Store((byte*)(re + i));
                (ei + ti).Store((byte*)(im + i));
                (er + tr).Store((byte*)(re + j));
                (ti - ei).Store((byte*)(im + j));
            }
        }
    }
}
