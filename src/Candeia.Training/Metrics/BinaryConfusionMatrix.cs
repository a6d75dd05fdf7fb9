namespace Candeia.Training;

/// <summary>The share of samples on the wrong side of a threshold; the counts themselves are the detail: <c>result.Detail&lt;Confusion&gt;()</c>.</summary>
/// <param name="FromLogits">Whether a sigmoid makes the probabilities.</param>
/// <param name="Threshold">Above which probability the answer is yes.</param>
public sealed record BinaryConfusionMatrix(bool FromLogits = false, double Threshold = 0.5) : BinaryMetric(FromLogits, Threshold)
{
    /// <inheritdoc/>
    public override string Name => "confusion";

    /// <inheritdoc/>
    protected override bool KeepsCounts => true;

    /// <inheritdoc/>
    protected override double Measure(Confusion confusion) => 1 - confusion.Accuracy;
}
