using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Candeia.Training;

/// <summary>The loss and the metrics of a pass over data, each weighted by the size of the batches.</summary>
[DebuggerDisplay("{DebuggerText,nq}")]
public sealed record PhaseResult(double Loss, IReadOnlyDictionary<string, double> Metrics, long Samples, double Seconds)
{
    /// <summary>What metrics keep besides their number, by the metric's name. It is not saved with a history.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, object> Details { get; init; } = ReadOnlyDictionary<string, object>.Empty;

    internal string DebuggerText => $"{History.Describe(this)}, {Samples} samples";

    /// <summary>The loss and the metrics in a line: <c>loss 0.123 accuracy 0.95, 640 samples</c>.</summary>
    public override string ToString() => DebuggerText;

    /// <summary>A metric by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such metric; the message lists those that there are.</exception>
    public double this[string metric] => metric == "loss" ? Loss : Metrics.TryGetValue(metric, out double value) ? value
        : throw new KeyNotFoundException($"There is no metric {metric}; there are {string.Join(", ", Metrics.Keys.Prepend("loss"))}.");

    /// <summary>Samples per second, everything included.</summary>
    public double SamplesPerSecond => Samples / Seconds;

    /// <summary>What a metric keeps besides its number: <c>result.Detail&lt;Confusion&gt;()</c>.</summary>
    /// <exception cref="InvalidOperationException">No metric keeps such a thing.</exception>
    public T Detail<T>() => Details.Values.OfType<T>().FirstOrDefault() is { } detail ? detail
        : throw new InvalidOperationException($"No metric of this pass keeps a {typeof(T).Name}. Give one that does to Setup, such as {nameof(ConfusionMatrix)}.");
}
