namespace Candeia.Training;

/// <summary>The share of samples on the right side of a threshold: outputs are probabilities or logits, targets 0 or 1.</summary>
/// <param name="FromLogits">Whether a sigmoid makes the probabilities.</param>
/// <param name="Threshold">Above which probability the answer is yes.</param>
public sealed record BinaryAccuracy(bool FromLogits = false, double Threshold = 0.5) : BinaryMetric(FromLogits, Threshold)
{
    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    protected override double Measure(Confusion confusion) => confusion.Accuracy;
}
