using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Where the largest or smallest element of each line stands: of equals the first, and not-a-number is both. The operands are input and output.</summary>
/// <param name="Lines">The loops over the lines.</param>
/// <param name="N">The elements of a line: at least one.</param>
/// <param name="Stride">Their distance.</param>
/// <param name="Smallest">Whether the smallest is looked for.</param>
internal sealed unsafe record Searching(Nest Lines, long N, long Stride, bool Smallest)
{
    const long Task = 1 << 14;                                               // elements worth a thread

    /// <summary>Does the work on all lines.</summary>
    public void Go<T>(T* x, long* positions) where T : unmanaged, INumber<T>
    {
        long lines = Lines.Steps(0, Lines.Count);
        if (lines == 0) return;
        long perTask = Math.Max(1, Task / N);
        Workers.Run(checked((int)((lines + perTask - 1) / perTask)), new Work<T>(this, x, positions, lines, perTask));
    }

    readonly struct Work<T>(Searching search, T* x, long* positions, long lines, long perTask) : IWork where T : unmanaged, INumber<T>
    {
        public void Run(int item)
        {
            long from = item * perTask, to = Math.Min(lines, from + perTask);
            var cursor = new Cursor(search.Lines, from, stackalloc long[search.Lines.Count]);
            for (; from < to; from++, cursor.Next()) positions[cursor.B] = search.Smallest ? search.Least(x + cursor.A) : search.Greatest(x + cursor.A);
        }
    }

    long Greatest<T>(T* x) where T : unmanaged, INumber<T>
    {
        long best = 0;
        T record = *x;
        for (long k = 1; k < N && !T.IsNaN(record); k++)
            if (x[k * Stride] is var value && (value > record || T.IsNaN(value))) (best, record) = (k, value);
        return best;
    }

    long Least<T>(T* x) where T : unmanaged, INumber<T>
    {
        long best = 0;
        T record = *x;
        for (long k = 1; k < N && !T.IsNaN(record); k++)
            if (x[k * Stride] is var value && (value < record || T.IsNaN(value))) (best, record) = (k, value);
        return best;
    }
}
