namespace Candeia.Training;

/// <summary>The share of samples on the right side of a threshold: outputs are probabilities, or logits if <paramref name="FromLogits"/>; targets are 0 or 1.</summary>
public sealed record BinaryAccuracy(bool FromLogits = false, double Threshold = 0.5) : MeanMetric
{
    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    protected override (double Sum, long Count) Measure(Tensor output, Tensor target)
    {
        var (o, t) = Pairs.Match(nameof(BinaryAccuracy), output, target);
        return ((double)((FromLogits ? o.Sigmoid() : o) > Threshold).Eq(t > 0.5).Sum(), o.Numel);
    }
}
