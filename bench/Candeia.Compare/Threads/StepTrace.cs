using System.Diagnostics;

namespace Candeia.Compare;

/// <summary>A step as one thread does it: how long what nobody can help with takes, and the items of each call that others can take part in. In seconds.</summary>
/// <param name="Alone">What nobody can help with.</param>
/// <param name="Calls">The items of each call.</param>
/// <param name="Works">What kind of work each call is.</param>
sealed record StepTrace(double Alone, IReadOnlyList<double[]> Calls, IReadOnlyList<Type> Works)
{
    /// <summary>The whole step.</summary>
    public double Seconds => Alone + Calls.Sum(c => c.Sum());

    /// <summary>How much of it others can take part in.</summary>
    public double Shared => 1 - Alone / Seconds;

    /// <summary>Watches a step as it is cut for some number of threads.</summary>
    public static StepTrace Of(int threads, Action step)
    {
        Threads.Count = threads;
        List<double[]> calls = [];
        List<Type> works = [];
        long inside = 0;
        Workers.Watcher = (work, times) =>
        {
            inside += times[^1] - times[0];
            works.Add(work);
            calls.Add([.. times.Skip(1).Zip(times, (after, before) => (after - before) / (double)Stopwatch.Frequency)]);
        };
        long begin = Stopwatch.GetTimestamp();
        try { step(); }
        finally { (Workers.Watcher, Threads.Count) = (null, 1); }
        return new((Stopwatch.GetTimestamp() - begin - inside) / (double)Stopwatch.Frequency, calls, works);
    }

    /// <summary>Several of the same step as one: of each item the time when it was disturbed least.</summary>
    /// <exception cref="InvalidOperationException">They are not of the same step.</exception>
    public static StepTrace Least(IReadOnlyList<StepTrace> traces)
    {
        var first = traces[0];
        if (traces.Any(t => !t.Calls.Select(c => c.Length).SequenceEqual(first.Calls.Select(c => c.Length)))) throw new InvalidOperationException("The step is not cut alike each time.");
        return new(traces.Min(t => t.Alone), [.. first.Calls.Select((call, i) => (double[])[.. call.Select((_, item) => traces.Min(t => t.Calls[i][item]))])], first.Works);
    }

    /// <summary>What it would take with more threads.</summary>
    public double With(int threads) => Alone + Calls.Sum(c => Crew.Seconds(c, threads));

    /// <summary>The kinds of work that would keep some number of threads waiting most, and how much of the step they take: those of fewer items.</summary>
    public IEnumerable<(string Work, string Items, double Part)> Worst(int threads) => Calls.Zip(Works).Where(c => c.First.Length < threads)
        .GroupBy(c => c.Second).Select(g => (Name(g.Key), string.Join("/", g.Select(c => c.First.Length).Distinct().Order()), g.Sum(c => c.First.Sum()) / Seconds)).OrderByDescending(w => w.Item3);

    static string Name(Type type) => type.DeclaringType is { } outer && !type.IsGenericParameter ? $"{Name(outer)}.{type.Name.Split('`')[0]}" : type.Name.Split('`')[0];

    /// <summary>How much of the shared time is in calls of fewer items than threads.</summary>
    public double TooFewFor(int threads) => Calls.Count == 0 ? 0 : Calls.Where(c => c.Length < threads).Sum(c => c.Sum()) / Calls.Sum(c => c.Sum());
}
