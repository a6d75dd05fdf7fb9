using System.Numerics;
using System.Runtime.CompilerServices;

namespace Candeia.Kernels;

/// <summary>
/// Givens' rotations of pairs of rows, gathered until they pay and then done for some columns at a time, which stay in the cache, on all threads. The order
/// is that in which they were added. Each thread keeps what it has gathered them in.
/// </summary>
internal sealed unsafe class Rotations<T> : IDisposable where T : unmanaged, IFloatingPointIeee754<T>
{
    const int Strip = 64, Most = 1 << 14;
    [ThreadStatic] static Rotations<T>? t_spare;

    Rotation[] _gathered = new Rotation[64];
    Rotations<T>? _next;                                       // of the spare ones
    int _count;
    T* _rows;
    nint _row, _columns;

    Rotations()
    {
    }

    /// <summary>For rows that begin so many numbers apart; where there are none, rotations are forgotten.</summary>
    public static Rotations<T> Of(T* rows, nint row, nint columns)
    {
        var found = t_spare ?? new();
        t_spare = found._next;
        (found._row, found._columns, found._count, found._next) = (row, columns, 0, null);
        found._rows = rows;
        return found;
    }

    /// <summary>(x, y) = (c·x + s·y, c·y − s·x).</summary>
    public void Add(nint x, nint y, double c, double s)
    {
        if (_rows == null) return;
        if (_count == _gathered.Length)
        {
            if (_count == Most) Finish();
            else Array.Resize(ref _gathered, 2 * _count);
        }
        _gathered[_count++] = new((int)x, (int)y, T.CreateTruncating(c), T.CreateTruncating(s));
    }

    public void Finish()
    {
        if (_count > 0) Workers.Split(_columns, Strip, new Work(this));
        _count = 0;
    }

    public void Dispose() => (_next, t_spare) = (t_spare, this);

    readonly struct Rotation(int x, int y, T c, T s)
    {
        public readonly int X = x, Y = y;
        public readonly T C = c, S = s;
    }

    readonly struct Work(Rotations<T> all) : IRangeWork
    {
        public void Run(nint from, nint to)
        {
            fixed (Rotation* gathered = all._gathered) Simd.Run<T, Call>(new(gathered, all._count, all._rows + from, all._row, to - from));
        }
    }

    /// <summary>All rotations for some columns. A row that the next rotation turns too stays in registers.</summary>
    readonly struct Call(Rotation* all, nint count, T* rows, nint row, nint columns) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            nint lanes = V.Size / V.Element, i = 0;
            for (; i + 4 * lanes <= columns; i += 4 * lanes) Four<V>((byte*)(rows + i));
            for (; i < columns; i += lanes) One<V>((byte*)(rows + i), (int)Math.Min(lanes, columns - i));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        void Four<V>(byte* first) where V : unmanaged, ISimd<V>
        {
            nint bytes = row * V.Element;
            for (nint k = 0; k < count;)
            {
                byte* p = first + all[k].X * bytes, q;
                V x0 = V.Load(p), x1 = V.Load(p + V.Size), x2 = V.Load(p + 2 * V.Size), x3 = V.Load(p + 3 * V.Size);
                do
                {
                    Rotation* r = all + k;
                    q = first + r->Y * bytes;
                    V c = V.Splat((byte*)&r->C), s = V.Splat((byte*)&r->S);
                    V y0 = V.Load(q), y1 = V.Load(q + V.Size), y2 = V.Load(q + 2 * V.Size), y3 = V.Load(q + 3 * V.Size);
                    V.Fma(c, x0, s * y0).Store(p);
                    V.Fma(c, x1, s * y1).Store(p + V.Size);
                    V.Fma(c, x2, s * y2).Store(p + 2 * V.Size);
                    V.Fma(c, x3, s * y3).Store(p + 3 * V.Size);
                    (x0, x1, x2, x3) = (c * y0 - s * x0, c * y1 - s * x1, c * y2 - s * x2, c * y3 - s * x3);
                    p = q;
                }
                while (++k < count && all[k].X == all[k - 1].Y);
                x0.Store(q);
                x1.Store(q + V.Size);
                x2.Store(q + 2 * V.Size);
                x3.Store(q + 3 * V.Size);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        void One<V>(byte* first, int some) where V : unmanaged, ISimd<V>
        {
            nint bytes = row * V.Element;
            for (nint k = 0; k < count;)
            {
                byte* p = first + all[k].X * bytes, q;
                V x = V.LoadPart(p, some);
                do
                {
                    Rotation* r = all + k;
                    q = first + r->Y * bytes;
                    V c = V.Splat((byte*)&r->C), s = V.Splat((byte*)&r->S), y = V.LoadPart(q, some);
                    V.Fma(c, x, s * y).StorePart(p, some);
                    x = c * y - s * x;
                    p = q;
                }
                while (++k < count && all[k].X == all[k - 1].Y);
                x.StorePart(q, some);
            }
        }
    }
}
