using System.Globalization;
using System.Text;
using Candeia.Experiments;

namespace Candeia.Compare;

/// <summary>The tables of docs/performance.md, between two marks; what stands around them is written by hand.</summary>
static class Page
{
    const string Begin = "<!-- measured: begin -->", End = "<!-- measured: end -->";

    /// <summary>Puts the tables into the page, or after it where it has no marks yet.</summary>
    public static void Write(string path, IEnumerable<(Work Work, IReadOnlyList<Comparison.Row> Rows)> results, int rounds)
    {
        string page = File.Exists(path) ? File.ReadAllText(path) : $"# Performance\n\n{Begin}\n{End}\n";
        int begin = page.IndexOf(Begin, StringComparison.Ordinal), end = page.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin) throw new InvalidOperationException($"'{path}' lacks the lines {Begin} and {End} that the tables stand between; put them in.");
        WholeFile.Write(path, $"{page[..begin]}{Begin}\n{Tables(results, rounds)}{page[end..]}");
    }

    static string Tables(IEnumerable<(Work Work, IReadOnlyList<Comparison.Row> Rows)> results, int rounds)
    {
        var text = new StringBuilder();
        var machine = Machine.Here();
        text.AppendLine(CultureInfo.InvariantCulture, $"Measured on {DateTime.UtcNow:yyyy-MM-dd}: {machine.Processor} ({machine.Vectors}), {machine.Processors} threads, .NET {Environment.Version}, medians of {rounds} alternating runs.");
        foreach (var (work, rows) in results)
        {
            var ours = rows[0].Median;
            text.AppendLine(CultureInfo.InvariantCulture, $"\n### {work.Title}\n");
            text.AppendLine(CultureInfo.InvariantCulture, $"{ours.Parameters:N0} parameters; first loss {ours.FirstLoss:F6} on both sides, from the same weights.\n");
            text.AppendLine("| | step ms (fastest … slowest) | samples/s | Candeia is faster by | prediction ms | Candeia is faster by | peak MiB | start to first prediction |");
            text.AppendLine("|---|---|---|---|---|---|---|---|");
            foreach (var row in rows)
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"| {row.Contestant.Name} | {Ms(row.Median.TrainMs)} ({Ms(row.FastestMs)} … {Ms(row.SlowestMs)}) | {work.Batch / row.Median.TrainMs * 1000:N0} | {Ratio(row, row.Median.TrainMs / ours.TrainMs)} | {Ms(row.Median.PredictMs)} | {Ratio(row, row.Median.PredictMs / ours.PredictMs)} | {row.Median.PeakMb:F0} | {(row.Start is { } s ? $"{s:F2} s" : "")} |");
            if (ours.ManagedBytes is { } bytes) text.AppendLine(CultureInfo.InvariantCulture, $"\nBytes on the managed heap per training step: {bytes / 1024:F1} KiB.");
        }
        return text.ToString().ReplaceLineEndings("\n");
    }

    static string Ratio(Comparison.Row row, double ratio) => row.Contestant.Name == "Candeia" ? "" : row.Contestant.Ours ? $"({ratio:F2}×)" : $"**{ratio:F1}×**";

    static string Ms(double ms) => ms.ToString(ms < 1 ? "F3" : ms < 10 ? "F2" : "F1", CultureInfo.InvariantCulture);
}
