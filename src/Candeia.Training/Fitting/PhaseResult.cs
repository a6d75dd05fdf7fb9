namespace Candeia.Training;

/// <summary>The loss and the metrics of a pass over data, each weighted by the size of the batches.</summary>
public sealed record PhaseResult(double Loss, IReadOnlyDictionary<string, double> Metrics, long Samples, double Seconds)
{
    /// <summary>A metric by its name.</summary>
    public double this[string metric] => metric == "loss" ? Loss : Metrics[metric];

    /// <summary>Samples per second, everything included.</summary>
    public double SamplesPerSecond => Samples / Seconds;
}
