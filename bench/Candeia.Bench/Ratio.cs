using System.Diagnostics;

namespace Candeia.Bench;

/// <summary>
/// Rates as shares of the peak measured just before and after each repetition, since a shared machine changes from moment to moment. The second
/// share is by processor time, for which it does not matter that other programs run too, but does that a thread idles awake.
/// </summary>
static class Ratio
{
    public static void Report<T>(string name, double flop, Action run, int repetitions = 15) where T : unmanaged
    {
        run();
        long start = Stopwatch.GetTimestamp();
        run();
        int times = (int)(0.03 / Stopwatch.GetElapsedTime(start).TotalSeconds) + 1;
        var runs = Enumerable.Range(0, repetitions).Select(_ =>
        {
            var (before, cpuBefore) = Rate(Peak.Flop<T>(), () => Peak.Run<T>());
            var (rate, cpu) = Rate(flop * times, () => { for (int i = 0; i < times; i++) run(); });
            var (after, cpuAfter) = Rate(Peak.Flop<T>(), () => Peak.Run<T>());
            return (rate, peak: (before + after) / 2, share: 2 * rate / (before + after), cpuShare: 2 * cpu / (cpuBefore + cpuAfter));
        }).ToArray();
        double Median(IEnumerable<double> x) => x.Order().ElementAt(repetitions / 2);
        double rate = Median(runs.Select(r => r.rate));
        Console.WriteLine($"{name,-32}{flop / rate * 1e6,10:F1} µs {rate / 1e9,7:F1} GF/s, at best {runs.Max(r => r.rate) / 1e9,6:F1};"
            + $"{Median(runs.Select(r => r.share)),6:P0} of the peak of {Median(runs.Select(r => r.peak)) / 1e9:F0}, by processor time {Median(runs.Select(r => r.cpuShare)),4:P0} ({runs.Min(r => r.cpuShare):P0} … {runs.Max(r => r.cpuShare):P0})");
    }

    static (double Wall, double Cpu) Rate(double flop, Action action)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        action();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (flop / seconds, flop / (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }
}
