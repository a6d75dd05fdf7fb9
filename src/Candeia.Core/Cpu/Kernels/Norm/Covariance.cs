using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>The sum of a gradient, and that of its products with x − mean.</summary>
internal readonly unsafe struct Covariance<V, TGate> : IChannelStatistic<V> where V : unmanaged, ISimd<V> where TGate : struct, IGate<V>
{
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Block(in ChannelData data, nint stride, nint rows, int count, out V first, out V second)
    {
        V a = default, b = default, c = default, d = default, mean = V.LoadPart(data.Mean, count);
        V scale = V.LoadPart(data.Scale, count), shift = V.LoadPart(data.Shift, count);
        V floor = V.Const(data.Tail.Floor), ceiling = V.Const(data.Tail.Ceiling);
        byte* x = data.X, g = data.Gradient;
        bool whole = count == V.Size / V.Element;
        for (; rows >= 2; rows -= 2, x += 2 * stride, g += 2 * stride)
        {
            V s = (whole ? V.Load(x) : V.LoadPart(x, count)) - mean, t = (whole ? V.Load(x + stride) : V.LoadPart(x + stride, count)) - mean;
            V p = TGate.Through(whole ? V.Load(g) : V.LoadPart(g, count), V.Fma(s, scale, shift), floor, ceiling);
            V q = TGate.Through(whole ? V.Load(g + stride) : V.LoadPart(g + stride, count), V.Fma(t, scale, shift), floor, ceiling);
            a += p;
            b += q;
            c = V.Fma(p, s, c);
            d = V.Fma(q, t, d);
        }
        if (rows > 0)
        {
            V s = V.LoadPart(x, count) - mean, p = TGate.Through(V.LoadPart(g, count), V.Fma(s, scale, shift), floor, ceiling);
            a += p;
            c = V.Fma(p, s, c);
        }
        first = a + b;
        second = c + d;
    }

    [MethodImpl(AggressiveInlining)] public static void Join(ref double first, ref double second, double rows, double first1, double second1, double share)
    {
        first += first1;
        second += second1;
    }

    public static double Finish(double second, nint rows) => second;
}
