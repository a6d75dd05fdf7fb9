using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>What softmax and its relatives do to one row.</summary>
internal static unsafe class Rows<V> where V : unmanaged, ISimd<V>
{
    static nint Block { [MethodImpl(AggressiveInlining)] get => 256 * V.Size / V.Element; }     // numbers whose sum is joined in double precision

    /// <summary>y = e^(x − shift), and the sum of that; y may be null.</summary>
    public static double Exponentials(byte* x, byte* y, nint n, double shift)
    {
        double sum = 0;
        for (; n > 0; n -= Block, x += Block * V.Element)
        {
            nint count = Math.Min(n, Block), lanes = V.Size / V.Element;
            V so = default;
            ExponentialsOfBlock(x, y, count / lanes, shift, ref so);
            int rest = (int)(count % lanes);
            if (rest > 0)
            {
                nint done = (count - rest) * V.Element;
                V last = V.Select((1u << rest) - 1, V.LoadPart(x + done, rest), V.Const(double.NegativeInfinity));
                ExponentialsOfBlock((byte*)&last, (byte*)&last, 1, shift, ref so);
                if (y != null) last.StorePart(y + done, rest);
            }
            sum += V.Sum(so);
            if (y != null) y += count * V.Element;
        }
        return sum;
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void ExponentialsOfBlock(byte* x, byte* y, nint count, double shift, ref V sum)
    {
        V by = V.Const(shift), so = sum;
        if (y == null)
            for (; count > 0; count--, x += V.Size) so += Functions.Exp(V.Load(x) - by);
        else
            for (; count > 0; count--, x += V.Size, y += V.Size)
            {
                V e = Functions.Exp(V.Load(x) - by);
                e.Store(y);
                so += e;
            }
        sum = so;
    }

    /// <summary>Σ a·b.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static double Dot(byte* a, byte* b, nint n)
    {
        nint lanes = V.Size / V.Element;
        double sum = 0;
        while (n > 0)
        {
            V even = default, odd = default;
            nint count = Math.Min(n, Block);
            n -= count;
            for (; count >= 2 * lanes; count -= 2 * lanes, a += 2 * V.Size, b += 2 * V.Size)
            {
                even = V.Fma(V.Load(a), V.Load(b), even);
                odd = V.Fma(V.Load(a + V.Size), V.Load(b + V.Size), odd);
            }
            if (count >= lanes)
            {
                even = V.Fma(V.Load(a), V.Load(b), even);
                count -= lanes;
                a += V.Size;
                b += V.Size;
            }
            if (count > 0) odd = V.Fma(V.LoadPart(a, (int)count), V.LoadPart(b, (int)count), odd);
            sum += V.Sum(even + odd);
        }
        return sum;
    }

    /// <summary>y = (x − shift) − second.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Shift(byte* x, byte* y, nint n, double shift, double second)
    {
        V by = V.Const(shift), then = V.Const(second);
        nint lanes = V.Size / V.Element;
        for (; n >= lanes; n -= lanes, x += V.Size, y += V.Size) (V.Load(x) - by - then).Store(y);
        if (n > 0) (V.LoadPart(x, (int)n) - by - then).StorePart(y, (int)n);
    }

    /// <summary>y = x · factor.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Scale(byte* x, byte* y, nint n, double factor)
    {
        V by = V.Const(factor);
        nint lanes = V.Size / V.Element;
        for (; n >= lanes; n -= lanes, x += V.Size, y += V.Size) (V.Load(x) * by).Store(y);
        if (n > 0) (V.LoadPart(x, (int)n) * by).StorePart(y, (int)n);
    }

    /// <summary>to = a · (b − shift).</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void ShiftAndMultiply(byte* a, byte* b, byte* to, nint n, double shift)
    {
        V by = V.Const(shift);
        nint lanes = V.Size / V.Element;
        for (; n >= lanes; n -= lanes, a += V.Size, b += V.Size, to += V.Size) (V.Load(a) * (V.Load(b) - by)).Store(to);
        if (n > 0) (V.LoadPart(a, (int)n) * (V.LoadPart(b, (int)n) - by)).StorePart(to, (int)n);
    }

    /// <summary>to = b − factor·e^a.</summary>
    public static void SubtractExponentials(byte* a, byte* b, byte* to, nint n, double factor)
    {
        nint lanes = V.Size / V.Element, whole = n / lanes, done = whole * V.Size;
        SubtractWhole(a, b, to, whole, factor);
        int rest = (int)(n % lanes);
        if (rest == 0) return;
        V lastA = V.LoadPart(a + done, rest), lastB = V.LoadPart(b + done, rest);
        SubtractWhole((byte*)&lastA, (byte*)&lastB, (byte*)&lastA, 1, factor);
        lastA.StorePart(to + done, rest);
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void SubtractWhole(byte* a, byte* b, byte* to, nint count, double factor)
    {
        V by = V.Const(-factor);
        for (; count > 0; count--, a += V.Size, b += V.Size, to += V.Size) V.Fma(Functions.Exp(V.Load(a)), by, V.Load(b)).Store(to);
    }
}
