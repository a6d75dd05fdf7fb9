using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Binary search: where values belong in sorted lines.</summary>
internal static unsafe class SortedPlaces
{
    const long Task = 1 << 12;                                               // values worth a thread

    /// <summary>The values are <paramref name="each"/> for a line of n, one line after the other.</summary>
    public static void Run<T>(T* sorted, long n, T* values, long each, long count, bool right, long* places) where T : unmanaged, INumber<T>
    {
        if (count == 0) return;
        Workers.Run(checked((int)((count + Task - 1) / Task)), new Work<T>(sorted, n, values, each, count, right, places));
    }

    readonly struct Work<T>(T* sorted, long n, T* values, long each, long count, bool right, long* places) : IWork where T : unmanaged, INumber<T>
    {
        public void Run(int item)
        {
            long from = item * Task, to = Math.Min(count, from + Task);
            for (long i = from; i < to; i++) places[i] = right ? Behind(sorted + i / each * n, values[i]) : Before(sorted + i / each * n, values[i]);
        }

        long Before(T* line, T value)
        {
            long at = 0;
            for (long rest = n; rest > 0;)
            {
                long half = rest / 2;
                if (line[at + half] >= value) rest = half;
                else (at, rest) = (at + half + 1, rest - half - 1);
            }
            return at;
        }

        long Behind(T* line, T value)
        {
            long at = 0;
            for (long rest = n; rest > 0;)
            {
                long half = rest / 2;
                if (line[at + half] > value) rest = half;
                else (at, rest) = (at + half + 1, rest - half - 1);
            }
            return at;
        }
    }
}
