using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Where the largest or smallest element so far stands, along lines: of equals the last, and not-a-number is both from then on.</summary>
/// <param name="Lines">The loops over the lines; the operands are elements and positions.</param>
/// <param name="N">The elements of a line.</param>
/// <param name="From">Their distance.</param>
/// <param name="To">The distance of positions.</param>
/// <param name="Smallest">Whether the smallest is looked for.</param>
internal sealed unsafe record Records(Nest Lines, long N, long From, long To, bool Smallest)
{
    const long Task = 1 << 14;                                               // elements worth a thread

    /// <summary>Does the work on all lines.</summary>
    public void Go<T>(T* x, long* positions) where T : unmanaged, INumber<T>
    {
        long lines = Lines.Steps(0, Lines.Count);
        if (lines == 0 || N == 0) return;
        long perTask = Math.Max(1, Task / N);
        Workers.Run(checked((int)((lines + perTask - 1) / perTask)), new Work<T>(this, x, positions, lines, perTask));
    }

    readonly struct Work<T>(Records records, T* x, long* positions, long lines, long perTask) : IWork where T : unmanaged, INumber<T>
    {
        public void Run(int item)
        {
            long from = item * perTask, to = Math.Min(lines, from + perTask);
            var cursor = new Cursor(records.Lines, from, stackalloc long[records.Lines.Count]);
            for (; from < to; from++, cursor.Next()) records.Line(x + cursor.A, positions + cursor.B);
        }
    }

    void Line<T>(T* x, long* positions) where T : unmanaged, INumber<T>
    {
        long best = 0;
        T record = *x;
        for (long k = 0; k < N; k++, x += From, positions += To)
        {
            T value = *x;
            if (T.IsNaN(value) || (Smallest ? value <= record : value >= record)) (best, record) = (k, value);
            *positions = best;
        }
    }
}
