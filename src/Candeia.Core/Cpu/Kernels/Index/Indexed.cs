namespace Candeia.Kernels;

/// <summary>
/// The way between a whole and the part of it that an index names. The operands of the loops are whole (A), part (B) and index (C); the whole does not move
/// in the dimensions of which the index speaks: there, an element of the index times <paramref name="Scale"/> says where.
/// </summary>
/// <param name="Nest">The loops around the runs: first those that lead to different elements of the whole, then those that may lead to the same.</param>
/// <param name="Apart">How many loops lead to different elements: they may be divided among threads.</param>
/// <param name="Run">The innermost loop.</param>
/// <param name="IsRunApart">Whether it leads to different elements too.</param>
/// <param name="Scale">How far apart, in the whole, neighbouring positions are.</param>
/// <param name="Size">How many positions there are; the index is below that.</param>
/// <param name="First">Where position 0 is, from the first element of the whole.</param>
internal sealed record Indexed(Nest Nest, int Apart, Nest.Loop Run, bool IsRunApart, long Scale, ulong Size, long First)
{
    const long Task = 1 << 14;                                               // elements worth a thread
    const long Pieces = 16, Least = 512;                                     // of a run, where only that can be divided; elements in a piece

    /// <summary>
    /// Does the work on all runs; false where a position was out of range. What goes to one place goes there in the order of the index, whatever the number
    /// of threads.
    /// </summary>
    public unsafe bool Go<T, TRun>(T* whole, T* part, long* index) where T : unmanaged where TRun : struct, IIndexRun<T>
    {
        long lines = Nest.Steps(0, Apart), rest = Nest.Steps(Apart, Nest.Count), n = Run.Size;
        if (lines == 0 || rest == 0 || n == 0) return true;
        long piece = IsRunApart && lines < Pieces && lines * rest * n > Task ? Math.Max(rest > 1 ? Least : 16, (n + Pieces - 1) / Pieces) : Math.Min(n, int.MaxValue / 2);
        long pieces = (n + piece - 1) / piece, perTask = Math.Max(1, Task / Math.Max(1, rest * piece)), tasks = (lines + perTask - 1) / perTask * pieces;
        int bad = 0;
        var work = new Work<T, TRun>(this, whole, part, index, lines, rest, piece, pieces, perTask, &bad);
        Workers.Run(checked((int)tasks), work);
        return bad == 0;
    }

    readonly unsafe struct Work<T, TRun>(Indexed way, T* whole, T* part, long* index, long lines, long rest, long piece, long pieces, long perTask, int* bad) : IWork
        where T : unmanaged where TRun : struct, IIndexRun<T>
    {
        public void Run(int item)
        {
            long first = item / pieces * perTask, begin = item % pieces * piece, steps = (Math.Min(lines, first + perTask) - first) * rest;
            var loop = way.Run;
            var cursor = new Cursor(way.Nest, first * rest, stackalloc long[way.Nest.Count]);
            var run = new IndexRun<T>
            {
                N = Math.Min(piece, loop.Size - begin), WholeStride = loop.A, PartStride = loop.B, IndexStride = loop.C, Scale = way.Scale, Size = way.Size,
            };
            for (; steps > 0; steps--, cursor.Next())
            {
                run.Whole = whole + way.First + cursor.A + begin * loop.A;
                run.Part = part + cursor.B + begin * loop.B;
                run.Index = index + cursor.C + begin * loop.C;
                if (!TRun.Run(run)) *bad = 1;
            }
        }
    }
}
