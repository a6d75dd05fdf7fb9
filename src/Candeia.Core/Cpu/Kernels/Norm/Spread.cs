using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>The mean, and the sum of squared distances from it, which becomes the variance (Chan, Golub and LeVeque, 1979).</summary>
internal readonly unsafe struct Spread<V> : IChannelStatistic<V> where V : unmanaged, ISimd<V>
{
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Block(in ChannelData data, nint stride, nint rows, int count, out V first, out V second)
    {
        V a = default, b = default, c = default, d = default;
        byte* x = data.X;
        bool whole = count == V.Size / V.Element;
        nint left = rows;
        for (; left >= 4; left -= 4, x += 4 * stride)
        {
            byte* y = x + 2 * stride;
            a += whole ? V.Load(x) : V.LoadPart(x, count);
            b += whole ? V.Load(x + stride) : V.LoadPart(x + stride, count);
            c += whole ? V.Load(y) : V.LoadPart(y, count);
            d += whole ? V.Load(y + stride) : V.LoadPart(y + stride, count);
        }
        for (; left > 0; left--, x += stride) a += V.LoadPart(x, count);
        V mean = first = (a + b + (c + d)) * V.Const(1.0 / rows);
        x = data.X;
        a = b = c = d = default;
        for (left = rows; left >= 4; left -= 4, x += 4 * stride)
        {
            byte* y = x + 2 * stride;
            V p = (whole ? V.Load(x) : V.LoadPart(x, count)) - mean, q = (whole ? V.Load(x + stride) : V.LoadPart(x + stride, count)) - mean;
            V r = (whole ? V.Load(y) : V.LoadPart(y, count)) - mean, s = (whole ? V.Load(y + stride) : V.LoadPart(y + stride, count)) - mean;
            a = V.Fma(p, p, a);
            b = V.Fma(q, q, b);
            c = V.Fma(r, r, c);
            d = V.Fma(s, s, d);
        }
        for (; left > 0; left--, x += stride)
        {
            V p = V.LoadPart(x, count) - mean;
            a = V.Fma(p, p, a);
        }
        second = a + b + (c + d);
    }

    [MethodImpl(AggressiveInlining)] public static void Join(ref double first, ref double second, double rows, double first1, double second1, double share)
    {
        double distance = first1 - first;
        first += distance * share;
        second += second1 + distance * distance * rows * share;
    }

    public static double Finish(double second, nint rows) => second / rows;
}
