using System.Diagnostics;

namespace Candeia.Bench;

/// <summary>What it costs to hand two empty items to two threads.</summary>
static class Fork
{
    public static void Report()
    {
        Report("Workers.Run", () => Workers.Run(2, new Nothing()));
        Report("Parallel.For", () => Parallel.For(0, 2, _ => { }));
    }

    static void Report(string name, Action fork)
    {
        const int Times = 20_000;
        for (int i = 0; i < Times; i++) fork();
        var runs = Enumerable.Range(0, 15).Select(_ =>
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Times; i++) fork();
            return Stopwatch.GetElapsedTime(start).TotalMicroseconds / Times;
        }).Order().ToArray();
        Console.WriteLine($"fork and join, {name,-14}{runs[7],8:F2} µs  ({runs[0]:F2} … {runs[^1]:F2})");
    }

    readonly struct Nothing : IWork
    {
        public void Run(int item) { }
    }
}
