using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Counts numbers in equal spaces between two.</summary>
internal static unsafe class Bins
{
    const long Task = 1 << 16;                                               // numbers worth a thread

    /// <summary>How many of n numbers lie in each space; the last one includes its upper end, and what lies outside, or is no number, is not counted.</summary>
    public static void Count<T>(T* x, long n, T min, T max, int bins, T* counts) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int tasks = Tasks(n, bins);
        using var parts = Scratch.Rent((nint)tasks * bins * sizeof(long));
        Workers.Run(tasks, new Work<T>(x, n, min, max, bins, tasks, (long*)parts.Pointer));
        for (int bin = 0; bin < bins; bin++) counts[bin] = T.CreateTruncating(Sum((long*)parts.Pointer, bin, bins, tasks));
    }

    /// <summary>How often each number from 0 on stands among n whole numbers, all of which have a place.</summary>
    public static void Count<T>(T* x, long n, int bins, long* counts) where T : unmanaged, IBinaryInteger<T>
    {
        if (bins == 0) return;
        int tasks = Tasks(n, bins);
        using var parts = Scratch.Rent((nint)tasks * bins * sizeof(long));
        Workers.Run(tasks, new Whole<T>(x, n, bins, tasks, (long*)parts.Pointer));
        for (int bin = 0; bin < bins; bin++) counts[bin] = Sum((long*)parts.Pointer, bin, bins, tasks);
    }

    // The counts of the tasks take no more memory than a few megabytes.
    static int Tasks(long n, int bins) => (int)Math.Min(Math.Clamp((n + Task - 1) / Task, 1, 4 * Threads.Count), Math.Max(1, (1 << 20) / bins));

    static long Sum(long* parts, int bin, int bins, int tasks)
    {
        long sum = 0;
        for (int task = 0; task < tasks; task++) sum += parts[(nint)task * bins + bin];
        return sum;
    }

    readonly struct Whole<T>(T* x, long n, int bins, int tasks, long* parts) : IWork where T : unmanaged, IBinaryInteger<T>
    {
        public void Run(int item)
        {
            long from = n * item / tasks, to = n * (item + 1L) / tasks;
            var counts = new Span<long>(parts + (nint)item * bins, bins);
            counts.Clear();
            for (long i = from; i < to; i++) counts[int.CreateTruncating(x[i])]++;
        }
    }

    readonly struct Work<T>(T* x, long n, T min, T max, int bins, int tasks, long* parts) : IWork where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int item)
        {
            long from = n * item / tasks, to = n * (item + 1L) / tasks;
            long* counts = parts + (long)item * bins;
            new Span<long>(counts, bins).Clear();
            T range = max - min, count = T.CreateTruncating(bins);
            for (long i = from; i < to; i++)
            {
                T value = x[i];
                if (!(value >= min && value <= max)) continue;
                int bin = int.CreateTruncating((value - min) / range * count);
                counts[Math.Min(bin, bins - 1)]++;
            }
        }
    }
}
