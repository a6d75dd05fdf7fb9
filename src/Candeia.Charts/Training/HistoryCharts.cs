using Candeia.Training;

namespace Candeia.Charts;

/// <summary>The history of a training, to look at.</summary>
public static class HistoryCharts
{
    /// <summary>
    /// The loss, or a metric, per epoch: on the training data and, in front, on the validation data.
    /// The y axis is logarithmic where a loss falls to less than a tenth.
    /// </summary>
    /// <param name="history">The epochs.</param>
    /// <param name="metric">The name of a metric, as in the history. Only the loss marks its best epoch: not every metric is best when small.</param>
    /// <exception cref="ArgumentException">No epoch has such a metric.</exception>
    public static LineChart Chart(this History history, string metric = "loss")
    {
        ArgumentNullException.ThrowIfNull(history);
        bool loss = metric == "loss";
        double[] epochs = [.. history.Epochs.Select(e => (double)e.Epoch)];
        double[] train = [.. history.Epochs.Select(e => Of(e.Train, metric))], valid = [.. history.Epochs.Select(e => Of(e.Valid, metric))];
        string[] names = ["loss", .. history.Epochs.SelectMany(e => e.Train.Metrics.Keys.Concat(e.Valid?.Metrics.Keys ?? [])).Distinct()];
        if (history.Epochs.Count > 0 && !names.Contains(metric))
            throw new ArgumentException($"The history has no metric '{metric}', only {string.Join(", ", names)}.", nameof(metric));
        bool validated = valid.Any(double.IsFinite);
        double[] finite = [.. train.Concat(valid).Where(double.IsFinite)];
        Series[] measured = [new("train", epochs, train) { Hue = Hue.Blue }, new("valid", epochs, valid) { Hue = Hue.Orange }];
        bool onlyValidated = validated && !history.Epochs.Any(e => metric == "loss" || e.Train.Metrics.ContainsKey(metric));
        return new LineChart($"{char.ToUpperInvariant(metric[0])}{metric[1..]} per epoch", onlyValidated ? [measured[1]] : validated ? measured : [measured[0]])
        {
            X = "epoch",
            Y = new Axis(metric) { Log = loss && finite.Length > 0 && finite.Min() > 0 && finite.Max() / finite.Min() > 10 },
            Markers = history.Epochs.Count <= 30,
            Callouts = loss ? Best(epochs, validated ? valid : train, validated ? Hue.Orange : Hue.Blue) : [],
        };
    }

    static double Of(PhaseResult? result, string metric) =>
        result is null ? double.NaN : metric == "loss" ? result.Loss : result.Metrics.TryGetValue(metric, out double value) ? value : double.NaN;

    static Callout[] Best(double[] epochs, double[] values, Hue hue)
    {
        var measured = epochs.Zip(values).Where(e => double.IsFinite(e.Second)).ToArray();
        if (measured.Length < 2) return [];
        var (epoch, value) = measured.MinBy(e => e.Second);
        return [new Callout(epoch, value, $"best: epoch {Numbers.Fixed(epoch, 0)}, {Numbers.Significant(value)}") { Hue = hue }];
    }
}
