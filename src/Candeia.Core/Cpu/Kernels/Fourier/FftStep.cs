using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// One of Stockham's steps: from sequences of length n whose elements are s apart, n / r sequences whose elements are r·s apart. e^(−2πik/whole) stands in tables.
/// </summary>
internal readonly unsafe struct FftStep(double* re, double* im, double* re2, double* im2, int radix, int n, nint s, int whole, double* cos, double* sin) : ISimdCall
{
    public void Run<V>() where V : unmanaged, ISimd<V>
    {
        if (radix == 4) Four<V>();
        else if (radix == 2) Two<V>();
        else Any<V>();
    }

    [MethodImpl(AggressiveInlining)] static V At<V>(double* p, nint i) where V : unmanaged, ISimd<V> => V.Load((byte*)(p + i));

    /// <summary>Stores (x + iy)·(c − is).</summary>
    [MethodImpl(AggressiveInlining)] void Put<V>(nint i, V x, V y, V c, V s) where V : unmanaged, ISimd<V>
    {
        V.Fma(x, c, y * s).Store((byte*)(re2 + i));
        (y * c - x * s).Store((byte*)(im2 + i));
    }

    [MethodImpl(AggressiveOptimization | NoInlining)] void Four<V>() where V : unmanaged, ISimd<V>
    {
        nint lanes = V.Size / V.Element, m = n / 4, every = whole / n, far = s * m;
        for (nint p = 0; p < m; p++)
        {
            V c1 = V.Splat((byte*)(cos + p * every)), s1 = V.Splat((byte*)(sin + p * every)), c2 = V.Splat((byte*)(cos + 2 * p * every)), s2 = V.Splat((byte*)(sin + 2 * p * every));
            V c3 = V.Splat((byte*)(cos + 3 * p * every)), s3 = V.Splat((byte*)(sin + 3 * p * every));
            nint from = s * p, to = s * 4 * p;
            for (nint q = 0; q < s; q += lanes, from += lanes, to += lanes)
            {
                V ar = At<V>(re, from), ai = At<V>(im, from), br = At<V>(re, from + far), bi = At<V>(im, from + far);
                V cr = At<V>(re, from + 2 * far), ci = At<V>(im, from + 2 * far), dr = At<V>(re, from + 3 * far), di = At<V>(im, from + 3 * far);
                V pr = ar + cr, pi = ai + ci, mr = ar - cr, mi = ai - ci, ur = br + dr, ui = bi + di, vr = br - dr, vi = bi - di;
                (pr + ur).Store((byte*)(re2 + to));
                (pi + ui).Store((byte*)(im2 + to));
                Put(to + s, mr + vi, mi - vr, c1, s1);
                Put(to + 2 * s, pr - ur, pi - ui, c2, s2);
                Put(to + 3 * s, mr - vi, mi + vr, c3, s3);
            }
        }
    }

    [MethodImpl(AggressiveOptimization | NoInlining)] void Two<V>() where V : unmanaged, ISimd<V>
    {
        nint lanes = V.Size / V.Element, m = n / 2, every = whole / n, far = s * m;
        for (nint p = 0; p < m; p++)
        {
            V c = V.Splat((byte*)(cos + p * every)), sine = V.Splat((byte*)(sin + p * every));
            nint from = s * p, to = s * 2 * p;
            for (nint q = 0; q < s; q += lanes, from += lanes, to += lanes)
            {
                V ar = At<V>(re, from), ai = At<V>(im, from), br = At<V>(re, from + far), bi = At<V>(im, from + far);
                (ar + br).Store((byte*)(re2 + to));
                (ai + bi).Store((byte*)(im2 + to));
                Put(to + s, ar - br, ai - bi, c, sine);
            }
        }
    }

    [MethodImpl(AggressiveOptimization | NoInlining)] void Any<V>() where V : unmanaged, ISimd<V>
    {
        nint lanes = V.Size / V.Element, m = n / radix, every = whole / n, far = s * m, turn = whole / radix;
        for (nint p = 0; p < m; p++)
            for (nint j = 0; j < radix; j++)
            {
                V c = V.Splat((byte*)(cos + p * j * every)), sine = V.Splat((byte*)(sin + p * j * every));
                nint from = s * p, to = s * (radix * p + j);
                for (nint q = 0; q < s; q += lanes, from += lanes, to += lanes)
                {
                    V x = At<V>(re, from), y = At<V>(im, from);
                    for (nint k = 1, at = j * turn; k < radix; k++)
                    {
                        V ck = V.Splat((byte*)(cos + at)), sk = V.Splat((byte*)(sin + at)), br = At<V>(re, from + k * far), bi = At<V>(im, from + k * far);
                        x += V.Fma(br, ck, bi * sk);
                        y += bi * ck - br * sk;
                        at += j * turn;
                        if (at >= whole) at -= whole;
                    }
                    Put(to, x, y, c, sine);
                }
            }
    }
}
