using System.Globalization;
using System.Text;
using Candeia.Experiments;

namespace Candeia.Compare;

/// <summary>The tables of a page of docs, between two marks; what stands around them is written by hand.</summary>
static class Page
{
    /// <summary>Puts tables into the page.</summary>
    /// <param name="name">The page.</param>
    /// <param name="tables">They, from what stood there before.</param>
    /// <param name="mark">What the marks say.</param>
    public static void Write(string name, Func<string, string> tables, string mark = "measured")
    {
        string first = $"<!-- {mark}: begin -->", last = $"<!-- {mark}: end -->";
        string path = Path.Combine(Program.Root, "docs", name), page = File.ReadAllText(path);
        int begin = page.IndexOf(first, StringComparison.Ordinal), end = page.IndexOf(last, StringComparison.Ordinal);
        if (begin < 0 || end < begin) throw new InvalidOperationException($"'{path}' lacks the lines {first} and {last} that the tables stand between; put them in.");
        WholeFile.Write(path, $"{page[..begin]}{first}\n{tables(page[begin..end]).ReplaceLineEndings("\n")}{page[end..]}");
    }

    /// <summary>Where and how something was measured.</summary>
    public static string Heading(int rounds)
    {
        var machine = Machine.Here();
        return $"Measured on {DateTime.UtcNow:yyyy-MM-dd}: {machine.Processor} ({machine.Vectors}), {machine.Processors} threads, .NET {Environment.Version}, medians of {rounds} alternating runs.\n";
    }

    /// <summary>The tables of networks with that of a result; the others stay as they were <paramref name="before"/>.</summary>
    public static string Tables(Comparison.Result result, int rounds, string before)
    {
        const string Title = "\n### ";
        string[] parts = before.ReplaceLineEndings("\n").Split(Title);
        List<(string Title, string Text)> tables = [.. parts.Skip(1).Select(part => (part[..part.IndexOf('\n', StringComparison.Ordinal)], Title + part.TrimEnd('\n') + "\n"))];
        int at = tables.FindIndex(t => t.Title == result.Work.Title);
        var table = (result.Work.Title, Table(result, rounds));
        if (at < 0) tables.Add(table); else tables[at] = table;
        return string.Concat(tables.Select(t => t.Text));
    }

    static string Table(Comparison.Result result, int rounds)
    {
        var text = new StringBuilder();
        var (work, rows, faults) = result;
        var ours = rows[0].Median;
        text.AppendLine(CultureInfo.InvariantCulture, $"\n### {work.Title}\n\n{Heading(rounds)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{ours.Parameters:N0} parameters; first loss {ours.FirstLoss:F6} on both sides, from the same weights.\n");
        text.AppendLine("| | step ms (fastest … slowest) | samples/s | Candeia is faster by | prediction ms | Candeia is faster by | peak MiB | start to first prediction |");
        text.AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var (who, m, fastest, slowest, start) in rows)
        {
            string step = m.TrainMs is { } ms ? $"{Ms(ms)} ({Ms(fastest!.Value)} … {Ms(slowest!.Value)}) | {(work.Batch / ms * 1000).ToString("N0", CultureInfo.InvariantCulture)} | {Ratio(who, ms / ours.TrainMs!.Value)}" : "| |";
            text.AppendLine(CultureInfo.InvariantCulture, $"| {who.Name} | {step} | {Ms(m.PredictMs)} | {Ratio(who, m.PredictMs / ours.PredictMs)} | {m.PeakMb:F0} | {(start is { } s ? $"{s:F2} s" : "")} |");
        }
        foreach (string fault in faults) text.AppendLine(CultureInfo.InvariantCulture, $"\nNot compared: {fault}");
        if (ours.ManagedBytes is { } bytes) text.AppendLine(CultureInfo.InvariantCulture, $"\nBytes on the managed heap per training step: {bytes / 1024:F1} KiB.");
        return text.ToString();
    }

    static string Ratio(Contestant who, double ratio) =>
        who == Contestant.Candeia ? "" : ratio.ToString(who.Rival is null ? "(0.00×)" : ratio < 10 ? "**0.00×**" : "**0.0×**", CultureInfo.InvariantCulture);

    /// <summary>Milliseconds in as many digits as mean something.</summary>
    public static string Ms(double ms) => ms.ToString(ms < 0.1 ? "F4" : ms < 1 ? "F3" : ms < 10 ? "F2" : "F1", CultureInfo.InvariantCulture);
}
