using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Candeia.Training;

/// <summary>The losses and metrics of all epochs of a fit.</summary>
[DebuggerDisplay("{DebuggerText,nq}")]
public sealed record History(IReadOnlyList<EpochResult> Epochs)
{
    /// <summary>Before the first epoch.</summary>
    public static History Empty { get; } = new([]);

    /// <summary>Why training ended before its last epoch, if it did.</summary>
    public string? StopReason { get; init; }

    /// <summary>The epoch with the smallest validation loss (training loss, if no epoch was validated).</summary>
    public EpochResult? Best => Epochs.Where(e => double.IsFinite(Watched(e))).OrderBy(e => e.Valid is null).ThenBy(Watched).FirstOrDefault();

    static double Watched(EpochResult epoch) => epoch.Valid?.Loss ?? epoch.Train.Loss;

    internal string DebuggerText => Epochs is [.., var last]
        ? $"{Epochs.Count} {(Epochs.Count == 1 ? "epoch" : "epochs")}, the last: train {Describe(last.Train)}{(last.Valid is null ? "" : $", valid {Describe(last.Valid)}")}"
        : "no epochs";

    /// <summary>One more epoch.</summary>
    internal History With(EpochResult epoch) => this with { Epochs = [.. Epochs, epoch] };

    /// <summary>A line per epoch: epoch, train_loss, valid_loss, metrics of both, seconds, learning_rate.</summary>
    public string ToCsv()
    {
        string[] metrics = [.. Epochs.SelectMany(e => e.Train.Metrics.Keys.Concat(e.Valid?.Metrics.Keys ?? [])).Distinct()];
        var csv = new StringBuilder("epoch,train_loss,valid_loss");
        foreach (string metric in metrics) csv.Append(CultureInfo.InvariantCulture, $",train_{metric},valid_{metric}");
        csv.Append(",seconds,learning_rate\n");
        foreach (var e in Epochs)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{e.Epoch},{e.Train.Loss:R},{e.Valid?.Loss:R}");
            foreach (string metric in metrics)
                csv.Append(CultureInfo.InvariantCulture, $",{Of(e.Train, metric):R},{Of(e.Valid, metric):R}");
            csv.Append(CultureInfo.InvariantCulture, $",{e.Seconds:F3},{e.LearningRate:R}\n");
        }
        return csv.ToString();
    }

    static double? Of(PhaseResult? result, string metric) => result is not null && result.Metrics.TryGetValue(metric, out double value) ? value : null;

    /// <summary>A table with training and validation results, a row per epoch; of a long history the beginning and the end.</summary>
    public override string ToString()
    {
        const int Most = 40, First = 10;
        (string Name, Func<EpochResult, PhaseResult?> Of)[] passes = [("train", e => e.Train), ("valid", e => e.Valid)];
        var columns = Epochs.SelectMany(e => e.Train.Metrics.Keys.Concat(e.Valid?.Metrics.Keys ?? [])).Distinct().Prepend("loss")
            .SelectMany(metric => passes.Select(p => (Title: $"{p.Name} {metric}", Cell: (Func<EpochResult, string>)(e => Cell(p.Of(e), metric)))))
            .Where(c => Epochs.Any(e => c.Cell(e) != "")).ToArray();
        var shown = Epochs.Count <= Most ? Epochs : [.. Epochs.Take(First), .. Epochs.TakeLast(Most - First)];
        List<string[]> rows = [["epoch", .. columns.Select(c => c.Title), "seconds"]];
        foreach (var e in shown)
            rows.Add([e.Epoch.ToString(CultureInfo.InvariantCulture), .. columns.Select(c => c.Cell(e)), e.Seconds.ToString("F1", CultureInfo.InvariantCulture)]);
        var text = new StringBuilder();
        foreach (var (i, row) in rows.Index())
        {
            if (Epochs.Count > Most && i == First + 1) text.Append(CultureInfo.InvariantCulture, $"  … {Epochs.Count - Most} more …\n");
            text.AppendJoin("  ", row.Select((cell, c) => cell.PadLeft(rows.Max(r => r[c].Length)))).Append('\n');
        }
        if (StopReason is not null) text.Append(CultureInfo.InvariantCulture, $"Stopped early: {StopReason}.\n");
        return text.ToString();
    }

    static string Cell(PhaseResult? result, string metric) =>
        (metric == "loss" ? result?.Loss : Of(result, metric)) is { } value && !double.IsNaN(value) ? value.ToString("G4", CultureInfo.InvariantCulture) : "";

    /// <summary>Loss and metrics as people read them: <c>loss 0.1234</c>.</summary>
    internal static string Describe(PhaseResult result) =>
        string.Join(' ', Numbers(result).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key} {m.Value:G4}")));

    /// <summary>Loss and metrics, those that there are.</summary>
    internal static IEnumerable<KeyValuePair<string, double>> Numbers(PhaseResult result) =>
        result.Metrics.Prepend(new("loss", result.Loss)).Where(m => !double.IsNaN(m.Value));
}
