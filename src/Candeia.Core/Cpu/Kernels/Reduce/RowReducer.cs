using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Each row becomes one number. Rows of more than <see cref="Reducer.Grain"/> numbers are shared between threads.</summary>
internal static unsafe class RowReducer<V, R> where V : unmanaged, ISimd<V> where R : struct, IReduction
{
    const nint Few = 1 << 13;                                   // numbers that are made at a time, where rows are short
    static nint Block => 256 * V.Size / V.Element;              // numbers whose result is joined in double precision: four chains of 64

    /// <summary>All rows, of whose numbers those at <paramref name="around"/> are subtracted, one for each row, if that is what the reduction is of.</summary>
    public static void Run(byte* x, byte* y, nint rows, nint n, byte* around = null)
    {
        nint pieces = (n + Reducer.Grain - 1) / Reducer.Grain;
        if (pieces <= 1)
        {
            Workers.Split(rows, Math.Max(1, Reducer.Grain / Math.Max(n, 16)), new Rows(x, y, n, around));
            return;
        }
        using var scratch = Scratch.Rent(rows * pieces * sizeof(double));
        var parts = (double*)scratch.Pointer;
        Workers.Run(checked((int)(rows * pieces)), new Pieces(x, parts, n, pieces, around));
        for (nint row = 0; row < rows; row++)
        {
            double so = R.Start;
            for (nint i = 0; i < pieces; i++) so = R.Join(so, parts[row * pieces + i]);
            Reducer.Write<V>(y + row * V.Element, so);
        }
    }

    /// <summary>The same for rows that are made on the way.</summary>
    public static void Run<TSource>(TSource source, byte* y, nint rows, nint n) where TSource : struct, IRowSource
    {
        nint pieces = (n + Reducer.Grain - 1) / Reducer.Grain;
        if (pieces <= 1)
        {
            nint some = Math.Max(1, Few / Math.Max(n, 1));
            Workers.Split(rows, Math.Max(some, Reducer.Grain / Math.Max(n, 16) / some * some), new SourceRows<TSource>(source, y, n, some));
            return;
        }
        using var scratch = Scratch.Rent(rows * pieces * sizeof(double));
        var parts = (double*)scratch.Pointer;
        Workers.Run(checked((int)(rows * pieces)), new SourcePieces<TSource>(source, parts, n, pieces));
        for (nint row = 0; row < rows; row++)
        {
            double so = R.Start;
            for (nint i = 0; i < pieces; i++) so = R.Join(so, parts[row * pieces + i]);
            Reducer.Write<V>(y + row * V.Element, so);
        }
    }

    readonly struct SourceRows<TSource>(TSource source, byte* y, nint n, nint some) : IRangeWork where TSource : struct, IRowSource
    {
        public void Run(nint from, nint to)
        {
            using var scratch = Scratch.Rent(some * n * V.Element);
            for (nint row = from; row < to; row += some)
            {
                nint count = Math.Min(some, to - row);
                byte* x = source.Take(row * n, count * n, scratch.Pointer);
                for (nint i = 0; i < count; i++) Reducer.Write<V>(y + (row + i) * V.Element, Of(x + i * n * V.Element, n));
            }
        }
    }

    readonly struct SourcePieces<TSource>(TSource source, double* parts, nint n, nint pieces) : IWork where TSource : struct, IRowSource
    {
        public void Run(int item)
        {
            nint row = item / pieces, from = item % pieces * Reducer.Grain, count = Math.Min(Reducer.Grain, n - from);
            using var scratch = Scratch.Rent(count * V.Element);
            parts[item] = Of(source.Take(row * n + from, count, scratch.Pointer), count);
        }
    }

    readonly struct Rows(byte* x, byte* y, nint n, byte* around) : IRangeWork
    {
        public void Run(nint from, nint to)
        {
            for (nint row = from; row < to; row++) Reducer.Write<V>(y + row * V.Element, Of(x + row * n * V.Element, n, around + row * V.Element));
        }
    }

    readonly struct Pieces(byte* x, double* parts, nint n, nint pieces, byte* around) : IWork
    {
        public void Run(int item)
        {
            nint row = item / pieces, from = item % pieces * Reducer.Grain;
            parts[item] = Of(x + (row * n + from) * V.Element, Math.Min(Reducer.Grain, n - from), around + row * V.Element);
        }
    }

    /// <summary>One row.</summary>
    public static double Of(byte* x, nint n, byte* around = null)
    {
        double so = R.Start;
        V middle = R.Around ? V.Const(Reducer.Read<V>(around)) : default;
        for (; n > 0; n -= Block, x += Block * V.Element) so = R.Join(so, OfBlock(x, Math.Min(n, Block), middle));
        return so;
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static double OfBlock(byte* x, nint n, V middle)
    {
        V a = V.Const(R.Start), b = a, c = a, d = a;
        nint lanes = V.Size / V.Element;
        for (; n >= 4 * lanes; n -= 4 * lanes, x += 4 * V.Size)
        {
            a = R.Step(a, Load(x, middle));
            b = R.Step(b, Load(x + V.Size, middle));
            c = R.Step(c, Load(x + 2 * V.Size, middle));
            d = R.Step(d, Load(x + 3 * V.Size, middle));
        }
        for (; n >= lanes; n -= lanes, x += V.Size) a = R.Step(a, Load(x, middle));
        if (n > 0) b = R.Step(b, Part(x, (int)n, middle));
        return R.Across(R.Merge(R.Merge(a, b), R.Merge(c, d)));
    }

    [MethodImpl(AggressiveInlining)]
    static V Load(byte* x, V middle) => R.Around ? V.Load(x) - middle : V.Load(x);

    // Behind the numbers there are such as change nothing.
    [MethodImpl(AggressiveInlining)]
    static V Part(byte* x, int count, V middle) =>
        R.Around ? V.Select((1u << count) - 1, V.LoadPart(x, count) - middle, default) : Reducer.Part<V, R>(x, count);
}
