namespace Candeia.Training;

/// <summary>The harmonic mean of precision and recall of yes: outputs are probabilities or logits, targets 0 or 1.</summary>
/// <param name="FromLogits">Whether a sigmoid makes the probabilities.</param>
/// <param name="Threshold">Above which probability the answer is yes.</param>
public sealed record BinaryF1(bool FromLogits = false, double Threshold = 0.5) : BinaryMetric(FromLogits, Threshold)
{
    /// <inheritdoc/>
    public override string Name => "f1";

    /// <inheritdoc/>
    protected override double Measure(Confusion confusion) => confusion.F1(1);
}
