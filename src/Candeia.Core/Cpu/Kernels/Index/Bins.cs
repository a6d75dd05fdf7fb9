using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Counts numbers in equal spaces between two.</summary>
internal static unsafe class Bins
{
    const long Task = 1 << 16;                                               // numbers worth a thread

    /// <summary>How many of n numbers lie in each space; the last one includes its upper end, and what lies outside, or is no number, is not counted.</summary>
    public static void Count<T>(T* x, long n, T min, T max, int bins, T* counts) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int tasks = checked((int)Math.Max(1, (n + Task - 1) / Task));
        tasks = Math.Min(tasks, Math.Max(1, (1 << 22) / bins));              // their counts take no more memory than that
        long[] parts = new long[checked(tasks * bins)];
        fixed (long* to = parts) Workers.Run(tasks, new Work<T>(x, n, min, max, bins, tasks, to));
        for (int bin = 0; bin < bins; bin++)
        {
            long sum = 0;
            for (int task = 0; task < tasks; task++) sum += parts[task * bins + bin];
            counts[bin] = T.CreateTruncating(sum);
        }
    }

    readonly struct Work<T>(T* x, long n, T min, T max, int bins, int tasks, long* parts) : IWork where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int item)
        {
            long from = n * item / tasks, to = n * (item + 1L) / tasks;
            long* counts = parts + (long)item * bins;
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
