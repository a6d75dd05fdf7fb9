namespace Candeia.Training;

/// <summary>Of the samples that truly are yes, the share that was found: outputs are probabilities or logits, targets 0 or 1.</summary>
/// <param name="FromLogits">Whether a sigmoid makes the probabilities.</param>
/// <param name="Threshold">Above which probability the answer is yes.</param>
public sealed record BinaryRecall(bool FromLogits = false, double Threshold = 0.5) : BinaryMetric(FromLogits, Threshold)
{
    /// <inheritdoc/>
    public override string Name => "recall";

    /// <inheritdoc/>
    protected override double Measure(Confusion confusion) => confusion.Recall(1);
}
