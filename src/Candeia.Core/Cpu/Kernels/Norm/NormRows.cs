using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>What layer normalization does to one row. A weight that is null counts as 1.</summary>
internal static unsafe class NormRows<V> where V : unmanaged, ISimd<V>
{
    static nint Block { [MethodImpl(AggressiveInlining)] get => 256 * V.Size / V.Element; }     // numbers whose sum is joined in double precision

    /// <summary>Σ (x − mean)².</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static double Spread(byte* x, nint n, double mean)
    {
        V by = V.Const(mean);
        nint lanes = V.Size / V.Element;
        double sum = 0;
        while (n > 0)
        {
            V even = default, odd = default;
            nint count = Math.Min(n, Block);
            n -= count;
            for (; count >= 2 * lanes; count -= 2 * lanes, x += 2 * V.Size)
            {
                V a = V.Load(x) - by, b = V.Load(x + V.Size) - by;
                even = V.Fma(a, a, even);
                odd = V.Fma(b, b, odd);
            }
            for (; count > 0; count -= lanes, x += V.Size)
            {
                V a = Part(x, count, lanes, by);
                even = V.Fma(a, a, even);
            }
            sum += V.Sum(even + odd);
        }
        return sum;
    }

    /// <summary>y = (x − mean)·factor·weight + bias.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Normalize(byte* x, byte* weight, byte* bias, byte* y, nint n, double mean, double factor)
    {
        V by = V.Const(mean), scale = V.Const(factor);
        nint lanes = V.Size / V.Element;
        bool affine = weight != null;
        if (!affine)
            for (; n >= lanes; n -= lanes, x += V.Size, y += V.Size) ((V.Load(x) - by) * scale).Store(y);
        else
            for (; n >= lanes; n -= lanes, x += V.Size, y += V.Size, weight += V.Size, bias += V.Size)
                V.Fma((V.Load(x) - by) * scale, V.Load(weight), V.Load(bias)).Store(y);
        if (n == 0) return;
        V last = (V.LoadPart(x, (int)n) - by) * scale;
        if (affine) last = V.Fma(last, V.LoadPart(weight, (int)n), V.LoadPart(bias, (int)n));
        last.StorePart(y, (int)n);
    }

    /// <summary>Σ gradient·weight, and Σ gradient·weight·(x − mean).</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Sums(byte* x, byte* gradient, byte* weight, nint n, double mean, out double sum, out double product)
    {
        V by = V.Const(mean);
        nint lanes = V.Size / V.Element;
        double s = 0, p = 0;
        while (n > 0)
        {
            V sums = default, products = default;
            nint count = Math.Min(n, Block);
            n -= count;
            for (; count > 0; count -= lanes, x += V.Size, gradient += V.Size)
            {
                bool whole = count >= lanes;
                V g = whole ? V.Load(gradient) : V.LoadPart(gradient, (int)count);
                if (weight != null)
                {
                    g *= whole ? V.Load(weight) : V.LoadPart(weight, (int)count);
                    weight += V.Size;
                }
                sums += g;
                products = V.Fma(g, (whole ? V.Load(x) : V.LoadPart(x, (int)count)) - by, products);
            }
            s += V.Sum(sums);
            p += V.Sum(products);
        }
        (sum, product) = (s, p);
    }

    /// <summary>dx = gradient·weight·a + (x − mean)·b + c.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Gradient(byte* x, byte* gradient, byte* weight, byte* dx, nint n, double mean, double a, double b, double c)
    {
        V by = V.Const(mean), va = V.Const(a), vb = V.Const(b), vc = V.Const(c);
        nint lanes = V.Size / V.Element;
        for (; n > 0; n -= lanes, x += V.Size, gradient += V.Size, dx += V.Size)
        {
            bool whole = n >= lanes;
            V g = whole ? V.Load(gradient) : V.LoadPart(gradient, (int)n);
            if (weight != null)
            {
                g *= whole ? V.Load(weight) : V.LoadPart(weight, (int)n);
                weight += V.Size;
            }
            V d = V.Fma((whole ? V.Load(x) : V.LoadPart(x, (int)n)) - by, vb, V.Fma(g, va, vc));
            if (whole) d.Store(dx);
            else d.StorePart(dx, (int)n);
        }
    }

    /// <summary>Adds gradient·(x − mean)·factor to one row, and the gradient to another.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Accumulate(byte* x, byte* gradient, byte* products, byte* sums, nint n, double mean, double factor)
    {
        V by = V.Const(mean), scale = V.Const(factor);
        nint lanes = V.Size / V.Element;
        for (; n >= lanes; n -= lanes, x += V.Size, gradient += V.Size, products += V.Size, sums += V.Size)
        {
            V g = V.Load(gradient);
            V.Fma(g, (V.Load(x) - by) * scale, V.Load(products)).Store(products);
            (V.Load(sums) + g).Store(sums);
        }
        if (n == 0) return;
        V last = V.LoadPart(gradient, (int)n);
        V.Fma(last, (V.LoadPart(x, (int)n) - by) * scale, V.LoadPart(products, (int)n)).StorePart(products, (int)n);
        (V.LoadPart(sums, (int)n) + last).StorePart(sums, (int)n);
    }

    /// <summary>x − mean, of the last numbers with zeros behind them.</summary>
    [MethodImpl(AggressiveInlining)]
    static V Part(byte* x, nint count, nint lanes, V mean) =>
        count >= lanes ? V.Load(x) - mean : V.Select((1u << (int)count) - 1, V.LoadPart(x, (int)count) - mean, default);
}
