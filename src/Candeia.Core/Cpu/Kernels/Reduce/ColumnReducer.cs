using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>The columns of each of several matrices become one number each. A register holds neighbouring columns.</summary>
internal static unsafe class ColumnReducer<V, R> where V : unmanaged, ISimd<V> where R : struct, IReduction
{
    const nint Block = 256;                                     // rows whose result is joined in double precision
    const nint Width = 1024, PiecesMost = 64;                   // columns in an item; parts of the rows

    public static void Run(byte* x, byte* y, nint outer, nint n, nint inner)
    {
        nint width = Math.Min(inner, Width), groups = (inner + Width - 1) / Width;
        nint rows = (Math.Max(Reducer.Grain / width, (n + PiecesMost - 1) / PiecesMost) + Block - 1) / Block * Block, pieces = Math.Max(1, (n + rows - 1) / rows);
        using var scratch = Scratch.Rent(pieces > 1 ? outer * pieces * inner * sizeof(double) : 0);
        var work = new Work(x, y, pieces > 1 ? (double*)scratch.Pointer : null, n, inner, rows, pieces, groups);
        Workers.Split(outer * pieces * groups, Math.Max(1, Reducer.Grain / (Math.Min(rows, Math.Max(n, 1)) * width)), work);
        if (pieces > 1) Workers.Split(outer * inner, Reducer.Grain / pieces, new Join((double*)scratch.Pointer, y, inner, pieces));
    }

    readonly struct Join(double* parts, byte* y, nint inner, nint pieces) : IRangeWork
    {
        public void Run(nint from, nint to)
        {
            for (nint i = from; i < to; i++)
            {
                double so = R.Start;
                double* part = parts + i / inner * pieces * inner + i % inner;
                for (nint piece = 0; piece < pieces; piece++, part += inner) so = R.Join(so, *part);
                Reducer.Write<V>(y + i * V.Element, so);
            }
        }
    }

    readonly struct Work(byte* x, byte* y, double* parts, nint n, nint inner, nint rows, nint pieces, nint groups) : IRangeWork
    {
        public void Run(nint from, nint to)
        {
            double* so = stackalloc double[(int)Width];
            for (nint unit = from; unit < to; unit++)
            {
                nint j = unit % groups * Width, piece = unit / groups % pieces, o = unit / groups / pieces, row = piece * rows, width = Math.Min(Width, inner - j);
                nint here = Math.Min(rows, n - row);
                byte* at = x + ((o * n + row) * inner + j) * V.Element, to1 = y + (o * inner + j) * V.Element;
                if (here <= Block && parts == null)
                {
                    OfBlock(at, inner * V.Element, here, width, to1, null);
                    continue;
                }
                double* sums = parts == null ? so : parts + (o * pieces + piece) * inner + j;
                new Span<double>(sums, (int)width).Fill(R.Start);
                for (nint i = 0; i < here; i += Block) OfBlock(at + i * inner * V.Element, inner * V.Element, Math.Min(Block, here - i), width, null, sums);
                if (parts == null) for (nint i = 0; i < width; i++) Reducer.Write<V>(to1 + i * V.Element, sums[i]);
            }
        }
    }

    // To y, or joined to sums.
    static void OfBlock(byte* x, nint row, nint rows, nint width, byte* y, double* sums)
    {
        V* pair = stackalloc V[2];
        nint lanes = V.Size / V.Element;
        for (nint left = width; left > 0; x += 2 * V.Size)
        {
            nint count = Math.Min(left, 2 * lanes);
            if (count == 2 * lanes) Two(x, row, rows, (byte*)pair);
            else
            {
                One(x, row, rows, (int)Math.Min(count, lanes), (byte*)pair);
                if (count > lanes) One(x + V.Size, row, rows, (int)(count - lanes), (byte*)(pair + 1));
            }
            left -= count;
            if (y != null)
            {
                Unsafe.CopyBlockUnaligned(y, pair, (uint)(count * V.Element));
                y += count * V.Element;
                continue;
            }
            for (nint i = 0; i < count; i++, sums++) *sums = R.Join(*sums, Reducer.Read<V>((byte*)pair + i * V.Element));
        }
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void Two(byte* x, nint row, nint rows, byte* to)
    {
        V a0 = V.Const(R.Start), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
        for (; rows >= 4; rows -= 4, x += 4 * row)
        {
            byte* y = x + 2 * row;
            a0 = R.Step(a0, V.Load(x));
            a1 = R.Step(a1, V.Load(x + V.Size));
            b0 = R.Step(b0, V.Load(x + row));
            b1 = R.Step(b1, V.Load(x + row + V.Size));
            c0 = R.Step(c0, V.Load(y));
            c1 = R.Step(c1, V.Load(y + V.Size));
            d0 = R.Step(d0, V.Load(y + row));
            d1 = R.Step(d1, V.Load(y + row + V.Size));
        }
        for (; rows > 0; rows--, x += row)
        {
            a0 = R.Step(a0, V.Load(x));
            a1 = R.Step(a1, V.Load(x + V.Size));
        }
        R.Merge(R.Merge(a0, b0), R.Merge(c0, d0)).Store(to);
        R.Merge(R.Merge(a1, b1), R.Merge(c1, d1)).Store(to + V.Size);
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void One(byte* x, nint row, nint rows, int count, byte* to)
    {
        V a = V.Const(R.Start), b = a, c = a, d = a;
        for (; rows >= 4; rows -= 4, x += 4 * row)
        {
            byte* y = x + 2 * row;
            a = R.Step(a, V.LoadPart(x, count));
            b = R.Step(b, V.LoadPart(x + row, count));
            c = R.Step(c, V.LoadPart(y, count));
            d = R.Step(d, V.LoadPart(y + row, count));
        }
        for (; rows > 0; rows--, x += row) a = R.Step(a, V.LoadPart(x, count));
        R.Merge(R.Merge(a, b), R.Merge(c, d)).Store(to);
    }
}
