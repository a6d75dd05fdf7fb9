using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>A long sequence by itself, cut into two dimensions, which all threads share (Bailey, "FFTs in external or hierarchical memory", 1990).</summary>
internal static unsafe class FftLong
{
    const nint Lanes = 8, Single = 1 << 13, Always = 1 << 15;

    /// <summary>Whether sequences go one by one: few of them, or such as are too long for the cache.</summary>
    public static bool Takes(FftPlan plan, nint lines) => plan.IsPlain && plan.Length >= (lines < Lanes ? Single : Always) && Divide(plan) > Lanes;

    /// <summary>Transforms a sequence in place; the other two buffers are as long.</summary>
    public static void Run(FftPlan plan, double* re, double* im, double* re2, double* im2)
    {
        int first = Divide(plan), second = plan.Length / first, bits = (BitOperations.Log2((uint)plan.Length) + 1) / 2;
        nint fine = (nint)1 << bits, coarse = (plan.Length >> bits) + 1;
        using var scratch = Scratch.Rent(2 * (fine + coarse) * sizeof(double));
        double* turns = (double*)scratch.Pointer;
        for (nint k = 0; k < fine; k++) (turns[2 * k + 1], turns[2 * k]) = FftPlan.SinCos(k, plan.Length);
        for (nint k = 0; k < coarse; k++) (turns[2 * (fine + k) + 1], turns[2 * (fine + k)]) = FftPlan.SinCos(k << bits, plan.Length);
        Workers.Split(second, Lanes, new Columns(FftPlan.Of(first), re, im, re2, im2, first, second, turns, bits));
        Workers.Split(first, Lanes, new Rows(FftPlan.Of(second), re2, im2, re, im, first, second));
    }

    /// <summary>The product of radices that is nearest to the root of the length.</summary>
    static int Divide(FftPlan plan)
    {
        int first = 1;
        foreach (int radix in plan.Radices) if ((long)first * first * radix <= plan.Length) first *= radix;
        return first;
    }

    /// <summary>Transforms of the columns of a matrix, times e^(−2πijk/n).</summary>
    readonly struct Columns(FftPlan plan, double* re, double* im, double* toRe, double* toIm, nint first, nint second, double* turns, int bits) : IRangeWork
    {
        public void Run(nint from, nint to)
        {
            nint s = to - from, size = (plan.Size + 1) * Lanes;
            using var scratch = Scratch.Rent((4 * size + 4 * Lanes) * sizeof(double));
            double* a = (double*)scratch.Pointer, b = a + size, a2 = b + size, b2 = a2 + size, turn = b2 + size;
            FftPlan.Widest(s, new Copy(re + from, a, second, s, s, first));
            FftPlan.Widest(s, new Copy(im + from, b, second, s, s, first));
            plan.Run(ref a, ref b, ref a2, ref b2, s);
            for (nint i = 0; i < s; i++) Turn(from + i, turn + i, turn + Lanes + i);
            for (nint k = 0; k < first; k += 16)
            {
                for (nint i = 0; i < s; i++) Turn(k * (from + i), turn + 2 * Lanes + i, turn + 3 * Lanes + i);
                FftPlan.Widest(s, new Turning(a + k * s, b + k * s, toRe + k * second + from, toIm + k * second + from, turn, s, second, Math.Min(16, first - k)));
            }
        }

        /// <summary>The cosine and sine of 2πk/n, from those of a rough and a fine part of k.</summary>
        void Turn(nint k, double* cos, double* sin)
        {
            double* rough = turns + 2 * ((k >> bits) + ((nint)1 << bits)), fine = turns + 2 * (k & ((nint)1 << bits) - 1);
            (*cos, *sin) = (rough[0] * fine[0] - rough[1] * fine[1], rough[1] * fine[0] + rough[0] * fine[1]);
        }
    }

    /// <summary>Transforms of its rows, which become columns.</summary>
    readonly struct Rows(FftPlan plan, double* re, double* im, double* toRe, double* toIm, nint first, nint second) : IRangeWork
    {
        public void Run(nint from, nint to)
        {
            nint s = to - from, size = (plan.Size + 1) * Lanes;
            using var scratch = Scratch.Rent(4 * size * sizeof(double));
            double* a = (double*)scratch.Pointer, b = a + size, a2 = b + size, b2 = a2 + size;
            Columns(re + from * second, a, s);
            Columns(im + from * second, b, s);
            plan.Run(ref a, ref b, ref a2, ref b2, s);
            FftPlan.Widest(s, new Copy(a, toRe + from, s, first, s, second));
            FftPlan.Widest(s, new Copy(b, toIm + from, s, first, s, second));
        }

        /// <summary>Element k of row i to k·s + i.</summary>
        void Columns(double* x, double* y, nint s)
        {
            nint whole = s & ~1, pairs = second & ~1;
            for (nint i = 0; i < whole; i += 2) Two(x + i * second, y + i, s, pairs);
            for (nint i = 0; i < s; i++)
                for (nint k = i < whole ? pairs : 0; k < second; k++) y[k * s + i] = x[i * second + k];
        }

        [MethodImpl(AggressiveOptimization | NoInlining)]
        void Two(double* x, double* y, nint s, nint pairs)
        {
            for (nint k = 0; k < pairs; k += 2) Zip.Block(x + k, second * sizeof(double), y + k * s, s * sizeof(double));
        }
    }

    /// <summary>Rows of s numbers from one distance to another.</summary>
    readonly struct Copy(double* x, double* y, nint step, nint to, nint s, nint rows) : ISimdCall
    {
        [MethodImpl(AggressiveOptimization | NoInlining)]
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            for (nint k = 0; k < rows; k++)
                for (nint i = 0; i < s; i += V.Size / V.Element) V.Load((byte*)(x + k * step + i)).Store((byte*)(y + k * to + i));
        }
    }

    /// <summary>Rows of s numbers, each turned by an angle of its own, and from row to row by another one more.</summary>
    readonly struct Turning(double* re, double* im, double* toRe, double* toIm, double* turn, nint s, nint step, nint rows) : ISimdCall
    {
        [MethodImpl(AggressiveOptimization | NoInlining)]
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            for (nint i = 0; i < s; i += V.Size / V.Element)
            {
                V byCos = V.Load((byte*)(turn + i)), bySin = V.Load((byte*)(turn + Lanes + i)), cos = V.Load((byte*)(turn + 2 * Lanes + i)), sin = V.Load((byte*)(turn + 3 * Lanes + i));
                for (nint k = 0, at = i, to = i; k < rows; k++, at += s, to += step)
                {
                    V x = V.Load((byte*)(re + at)), y = V.Load((byte*)(im + at)), was = cos;
                    V.Fma(x, cos, y * sin).Store((byte*)(toRe + to));
                    (y * cos - x * sin).Store((byte*)(toIm + to));
                    cos = cos * byCos - sin * bySin;
                    sin = V.Fma(sin, byCos, was * bySin);
                }
            }
        }
    }
}
