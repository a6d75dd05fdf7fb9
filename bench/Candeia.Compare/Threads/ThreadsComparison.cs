using System.Globalization;
using System.Text;
using System.Text.Json;
using Candeia.Charts;

namespace Candeia.Compare;

/// <summary>What more threads would give: a step is watched as one thread does it, and done in thought by up to 128; with two threads it is measured.</summary>
static class ThreadsComparison
{
    const int Watches = 5;
    static readonly int[] s_threads = [2, 4, 8, 16, 32, 64, 128];

    /// <summary>What was seen of a network.</summary>
    /// <param name="OneMs">A step of one thread, milliseconds.</param>
    /// <param name="TwoMs">A step of two.</param>
    /// <param name="Shared">The part of the step that others can take part in.</param>
    /// <param name="Foreseen">How many times as fast as one thread each number of them would be.</param>
    /// <param name="TooFew">The part of the shared time in calls of fewer items than 16 threads.</param>
    /// <param name="Worst">What would keep sixteen waiting most: kinds of work, their numbers of items, their part of the step.</param>
    public sealed record Seen(double OneMs, double TwoMs, double Shared, double[] Foreseen, double TooFew, string[] Worst);

    public static void Run(IEnumerable<Work> works, double seconds, bool write)
    {
        List<(Work Work, Seen Seen)> all = [];
        foreach (var work in works)
        {
            string folder = Directory.CreateTempSubdirectory("candeia-compare-").FullName;
            try
            {
                Comparison.Prepare(work, folder);
                all.Add((work, JsonSerializer.Deserialize<Seen>(Contestant.Candeia.Ask(["threads", work.Name, folder, seconds.ToString(CultureInfo.InvariantCulture)]))!));
                Console.Error.WriteLine($"{work.Name,-12} of less than 16 items: {string.Join("; ", all[^1].Seen.Worst)}");
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        string table = Table(all);
        Console.WriteLine(table);
        if (!write) return;
        Page.Write("performance-threads.md", _ => $"{table}\n![How many times as fast, over the number of threads](images/performance/threads.svg)\n\n");
        Figure(all).Save(Path.Combine(Program.Root, "docs", "images", "performance", "threads.svg"));
    }

    /// <summary>The process that watches and measures.</summary>
    public static int Worker(Work work, string folder, double seconds)
    {
        var step = Compare.Worker.Step(work, folder);
        var measured = new double[2];
        for (int threads = 2; threads >= 1; threads--)
        {
            Threads.Count = threads;
            measured[threads - 1] = Timing.Median(() => step(), seconds).Ms;
        }
        StepTrace[] traces = [.. s_threads.Select(threads => StepTrace.Least([.. Enumerable.Range(0, Watches).Select(_ => StepTrace.Of(threads, () => step()))]))];
        double alone = StepTrace.Least([.. Enumerable.Range(0, Watches).Select(_ => StepTrace.Of(1, () => step()))]).Seconds;
        var sixteen = traces[s_threads.IndexOf(16)];
        Console.WriteLine(JsonSerializer.Serialize(new Seen(measured[0], measured[1], sixteen.Shared, [.. s_threads.Zip(traces, (t, trace) => alone / trace.With(t))], sixteen.TooFewFor(16),
            [.. sixteen.Worst(16).Take(8).Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Work} ({w.Items} items) {w.Part:P1}"))])));
        return 0;
    }

    static string Table(IReadOnlyList<(Work Work, Seen Seen)> all)
    {
        var text = new StringBuilder(Page.Heading(Watches));
        text.AppendLine($"\n| training step of | one thread, ms | two, measured | shared | {string.Join(" | ", s_threads.Select(t => $"{t}, foreseen"))} | in calls of less than 16 items |");
        text.AppendLine($"|{string.Concat(Enumerable.Repeat("---|", s_threads.Length + 5))}");
        foreach (var (work, seen) in all)
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {work.Title} | {Page.Ms(seen.OneMs)} | {seen.OneMs / seen.TwoMs:F2}× | {seen.Shared:P1} | {string.Join(" | ", seen.Foreseen.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f:F1}×")))} | {seen.TooFew:P0} |");
        return text.ToString();
    }

    static LineChart Figure(IReadOnlyList<(Work Work, Seen Seen)> all) =>
        new("A training step on more threads", [.. all.Where(a => a.Work.Name is "correlation" or "resnet" or "resnet50" or "gpt" or "small-mlp")
            .Select(a => new Series(a.Work.Name, [0, .. s_threads.Select(t => Math.Log2(t))], [1, .. a.Seen.Foreseen]))])
        {
            X = new("threads, as powers of two"), Y = new("times as fast as one, foreseen"),
        };
}
