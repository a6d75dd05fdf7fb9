using System.Diagnostics;

namespace Candeia.Compare;

/// <summary>How long something takes, measured alike on both sides.</summary>
static class Timing
{
    /// <summary>The median time of many runs, in milliseconds, and how many there were. In no seconds, one run, cold.</summary>
    /// <param name="run">What is measured.</param>
    /// <param name="seconds">For how long.</param>
    /// <param name="warm">For how long it runs before; half of that, if nothing is given.</param>
    public static (double Ms, int Runs) Median(Action run, double seconds, double? warm = null)
    {
        List<double> times = [];
        long start = Stopwatch.GetTimestamp();
        while (Passed(start) < (warm ?? seconds / 2)) run();                // compiled as well as it will be
        start = Stopwatch.GetTimestamp();
        while (times.Count < (seconds > 0 ? 3 : 1) || Passed(start) < seconds)
        {
            long begin = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
        times.Sort();
        return (times[times.Count / 2], times.Count);
    }

    static double Passed(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;
}
