namespace Candeia.Kernels;

/// <summary>Running results along lines, as a step says; lines that are neighbours in memory go together. The operands of the loops are input and output.</summary>
/// <param name="Lines">The loops over the lines.</param>
/// <param name="Run">Neighbouring lines: a single one, if there are none.</param>
/// <param name="N">The elements of a line.</param>
/// <param name="From">Their distance in the input.</param>
/// <param name="To">Their distance in the output.</param>
internal sealed unsafe record Scan(Nest Lines, Nest.Loop Run, long N, long From, long To)
{
    const long Task = 1 << 14;                                               // elements worth a thread
    const long Width = 256;                                                  // lines that go together

    /// <summary>Does the work on all lines.</summary>
    public void Go<T, TStep>(T* x, T* y) where T : unmanaged where TStep : struct, IScanStep<T>
    {
        long lines = Lines.Steps(0, Lines.Count);
        if (lines == 0 || N == 0 || Run.Size == 0) return;
        long pieces = (Run.Size + Width - 1) / Width, perTask = Math.Max(1, Task / (N * Math.Min(Width, Run.Size)));
        Workers.Run(checked((int)((lines + perTask - 1) / perTask * pieces)), new Work<T, TStep>(this, x, y, lines, pieces, perTask));
    }

    readonly struct Work<T, TStep>(Scan scan, T* x, T* y, long lines, long pieces, long perTask) : IWork where T : unmanaged where TStep : struct, IScanStep<T>
    {
        public void Run(int item)
        {
            long from = item / pieces * perTask, to = Math.Min(lines, from + perTask), begin = item % pieces * Width;
            int count = (int)Math.Min(Width, scan.Run.Size - begin);
            var cursor = new Cursor(scan.Lines, from, stackalloc long[scan.Lines.Count]);
            for (; from < to; from++, cursor.Next())
                if (scan.Run.Size == 1) scan.Line<T, TStep>(x + cursor.A, y + cursor.B);
                else scan.Block<T, TStep>(x + cursor.A + begin, y + cursor.B + begin, count);
        }
    }

    void Line<T, TStep>(T* x, T* y) where T : unmanaged where TStep : struct, IScanStep<T>
    {
        T sum = *y = *x;
        for (long i = 1; i < N; i++) y[i * To] = sum = TStep.One(sum, x[i * From]);
    }

    void Block<T, TStep>(T* x, T* y, int count) where T : unmanaged where TStep : struct, IScanStep<T>
    {
        new ReadOnlySpan<T>(x, count).CopyTo(new(y, count));
        for (long i = 1; i < N; i++, y += To)
            TStep.Many(new ReadOnlySpan<T>(y, count), new ReadOnlySpan<T>(x + i * From, count), new Span<T>(y + To, count));
    }
}
