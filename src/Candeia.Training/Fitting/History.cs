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

    /// <summary>The epoch with the smallest validation loss (training loss, if nothing was validated).</summary>
    public EpochResult? Best => Epochs.Where(e => double.IsFinite(Watched(e))).MinBy(Watched);

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

    /// <summary>A table with training and validation results.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var e in Epochs) text.AppendLine(Describe(e));
        if (StopReason is not null) text.AppendLine(CultureInfo.InvariantCulture, $"Stopped early: {StopReason}.");
        return text.ToString();
    }

    /// <summary>An epoch in a line: <c>epoch  3   train loss 0.0123 mae 0.083   valid loss 0.0119 mae 0.081   12.3 s</c>.</summary>
    internal static string Describe(EpochResult e) => string.Create(CultureInfo.InvariantCulture,
        $"epoch {e.Epoch,3}   train {Describe(e.Train)}{(e.Valid is null ? "" : $"   valid {Describe(e.Valid)}")}   {e.Seconds:F1} s");

    internal static string Describe(PhaseResult result) => string.Join(" ", new[] { ("loss", result.Loss) }.Concat(result.Metrics.Select(m => (m.Key, m.Value)))
        .Where(m => !double.IsNaN(m.Item2)).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Item1} {m.Item2:G4}")));
}
