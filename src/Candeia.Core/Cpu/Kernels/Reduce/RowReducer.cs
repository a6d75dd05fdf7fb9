using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Each row becomes one number. Rows of more than <see cref="Reducer.Grain"/> numbers are shared between threads.</summary>
internal static unsafe class RowReducer<V, R> where V : unmanaged, ISimd<V> where R : struct, IReduction
{
    static nint Block => 256 * V.Size / V.Element;              // numbers whose result is joined in double precision: four chains of 64

    public static void Run(byte* x, byte* y, nint rows, nint n)
    {
        nint pieces = (n + Reducer.Grain - 1) / Reducer.Grain;
        if (pieces <= 1)
        {
            Workers.Split(rows, Math.Max(1, Reducer.Grain / Math.Max(n, 16)), new Rows(x, y, n));
            return;
        }
        using var scratch = Scratch.Rent(rows * pieces * sizeof(double));
        var parts = (double*)scratch.Pointer;
        Workers.Run(checked((int)(rows * pieces)), new Pieces(x, parts, n, pieces));
        for (nint row = 0; row < rows; row++)
        {
            double so = R.Start;
            for (nint i = 0; i < pieces; i++) so = R.Join(so, parts[row * pieces + i]);
            Reducer.Write<V>(y + row * V.Element, so);
        }
    }

    readonly struct Rows(byte* x, byte* y, nint n) : IRangeWork
    {
        public void Run(nint from, nint to)
        {
            for (nint row = from; row < to; row++) Reducer.Write<V>(y + row * V.Element, Of(x + row * n * V.Element, n));
        }
    }

    readonly struct Pieces(byte* x, double* parts, nint n, nint pieces) : IWork
    {
        public void Run(int item)
        {
            nint row = item / pieces, from = item % pieces * Reducer.Grain;
            parts[item] = Of(x + (row * n + from) * V.Element, Math.Min(Reducer.Grain, n - from));
        }
    }

    /// <summary>One row.</summary>
    public static double Of(byte* x, nint n)
    {
        double so = R.Start;
        for (; n > 0; n -= Block, x += Block * V.Element) so = R.Join(so, OfBlock(x, Math.Min(n, Block)));
        return so;
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static double OfBlock(byte* x, nint n)
    {
        V a = V.Const(R.Start), b = a, c = a, d = a;
        nint lanes = V.Size / V.Element;
        for (; n >= 4 * lanes; n -= 4 * lanes, x += 4 * V.Size)
        {
            a = R.Step(a, V.Load(x));
            b = R.Step(b, V.Load(x + V.Size));
            c = R.Step(c, V.Load(x + 2 * V.Size));
            d = R.Step(d, V.Load(x + 3 * V.Size));
        }
        for (; n >= lanes; n -= lanes, x += V.Size) a = R.Step(a, V.Load(x));
        if (n > 0) b = R.Step(b, Reducer.Part<V, R>(x, (int)n));
        return R.Across(R.Merge(R.Merge(a, b), R.Merge(c, d)));
    }
}
