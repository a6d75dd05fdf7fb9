using Candeia.Training;

namespace Candeia.Charts;

/// <summary>The history of a training, to look at.</summary>
public static class HistoryCharts
{
    /// <summary>The loss, or a metric, per epoch: on the training data and, in front, on the validation data. The y axis is logarithmic where a loss falls by more than ten times.</summary>
    /// <param name="history">The epochs.</param>
    /// <param name="metric">The name of a metric, as in the history; a metric has no mark for the best epoch, as not every metric is better when it is small.</param>
    /// <exception cref="ArgumentException">No epoch has such a metric.</exception>
    public static LineChart Chart(this History history, string metric = "loss")
    {
        ArgumentNullException.ThrowIfNull(history);
        bool loss = metric == "loss";
        double[] epochs = [.. history.Epochs.Select(e => (double)e.Epoch)];
        double[] train = [.. history.Epochs.Select(e => Of(e.Train, metric))], valid = [.. history.Epochs.Select(e => Of(e.Valid, metric))];
        if (!loss && history.Epochs.Count > 0 && !history.Epochs.Any(e => e.Train.Metrics.ContainsKey(metric) || e.Valid?.Metrics.ContainsKey(metric) == true))
            throw new ArgumentException($"The history has no metric '{metric}', only {string.Join(", ", history.Epochs[0].Train.Metrics.Keys.Prepend("loss"))}.", nameof(metric));
        bool validated = valid.Any(double.IsFinite);
        double[] positive = [.. train.Concat(valid).Where(v => double.IsFinite(v))];
        return new LineChart($"{char.ToUpperInvariant(metric[0])}{metric[1..]} per epoch", validated
            ? [new("train", epochs, train) { Hue = Hue.Blue }, new("valid", epochs, valid) { Hue = Hue.Orange }]
            : [new("train", epochs, train) { Hue = Hue.Blue }])
        {
            X = "epoch",
            Y = new Axis(metric) { Log = loss && positive.Length > 0 && positive.Min() > 0 && positive.Max() / positive.Min() > 10 },
            Markers = history.Epochs.Count <= 30,
            Callouts = loss ? Best(epochs, validated ? valid : train, validated ? Hue.Orange : Hue.Blue) : [],
        };
    }

    static double Of(PhaseResult? result, string metric) =>
        result is null ? double.NaN : metric == "loss" ? result.Loss : result.Metrics.TryGetValue(metric, out double value) ? value : double.NaN;

    static Callout[] Best(double[] epochs, double[] values, Hue hue)
    {
        var finite = epochs.Zip(values).Where(e => double.IsFinite(e.Second)).ToArray();
        if (finite.Length < 2) return [];
        var (epoch, value) = finite.MinBy(e => e.Second);
        return [new Callout(epoch, value, $"best: epoch {Numbers.Fixed(epoch, 0)}, {Numbers.Significant(value)}") { Hue = hue }];
    }
}
