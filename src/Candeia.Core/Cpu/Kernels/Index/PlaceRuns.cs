namespace Candeia.Kernels;

/// <summary>From positions, which may be counted from the end, to places in memory.</summary>
internal static unsafe class PlaceRuns
{
    const long Task = 1 << 15;                                               // elements worth a thread

    /// <summary>places (A) = or += position (B) · scale, from the place in front of all others on; false where a position was out of range.</summary>
    public static bool Go(Nest nest, long* places, long* index, long size, long scale, bool first)
    {
        var run = nest.TakeLast();
        long lines = nest.Steps(0, nest.Count);
        if (lines == 0 || run.Size == 0) return true;
        int bad = 0;
        long perTask = Math.Max(1, Task / run.Size);
        Workers.Run(checked((int)((lines + perTask - 1) / perTask)), new Work(nest, run, places, index, size, scale, first, lines, perTask, &bad));
        return bad == 0;
    }

    readonly struct Work(Nest nest, Nest.Loop run, long* places, long* index, long size, long scale, bool first, long lines, long perTask, int* bad) : IWork
    {
        public void Run(int item)
        {
            long from = item * perTask, to = Math.Min(lines, from + perTask);
            var cursor = new Cursor(nest, from, stackalloc long[nest.Count]);
            for (; from < to; from++, cursor.Next())
            {
                long* y = places + cursor.A, x = index + cursor.B;
                for (long j = 0; j < run.Size; j++, y += run.A, x += run.B)
                {
                    long at = *x < 0 ? *x + size : *x;
                    if ((ulong)at >= (ulong)size) (*bad, at) = (1, 0);
                    *y = (first ? 0 : *y) + (scale < 0 ? at - size + 1 : at) * scale;
                }
            }
        }
    }
}
