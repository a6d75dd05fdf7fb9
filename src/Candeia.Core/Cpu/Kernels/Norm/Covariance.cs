using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>The sum of a gradient, and that of its products with x − mean.</summary>
internal readonly unsafe struct Covariance<V> : IChannelStatistic<V> where V : unmanaged, ISimd<V>
{
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Block(in ChannelData data, nint stride, nint rows, int count, out V first, out V second)
    {
        V a = default, b = default, c = default, d = default, mean = V.LoadPart(data.Mean, count);
        byte* x = data.X, g = data.Gradient;
        bool whole = count == V.Size / V.Element;
        for (; rows >= 2; rows -= 2, x += 2 * stride, g += 2 * stride)
        {
            V p = whole ? V.Load(g) : V.LoadPart(g, count), q = whole ? V.Load(g + stride) : V.LoadPart(g + stride, count);
            a += p;
            b += q;
            c = V.Fma(p, (whole ? V.Load(x) : V.LoadPart(x, count)) - mean, c);
            d = V.Fma(q, (whole ? V.Load(x + stride) : V.LoadPart(x + stride, count)) - mean, d);
        }
        if (rows > 0)
        {
            V p = V.LoadPart(g, count);
            a += p;
            c = V.Fma(p, V.LoadPart(x, count) - mean, c);
        }
        first = a + b;
        second = c + d;
    }

    public static void Join(ref double first, ref double second, nint rows, double first1, double second1, nint rows1)
    {
        first += first1;
        second += second1;
    }

    public static double Finish(double second, nint rows) => second;
}
