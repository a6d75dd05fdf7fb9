namespace Candeia.Training;

/// <summary>How well a mask covers what it should: the pixels of both over those of either (intersection over union). Dice's number is <see cref="BinaryF1"/>.</summary>
/// <param name="FromLogits">Whether a sigmoid makes the probabilities.</param>
/// <param name="Threshold">Above which probability a pixel belongs to the mask.</param>
public sealed record BinaryIou(bool FromLogits = false, double Threshold = 0.5) : BinaryMetric(FromLogits, Threshold)
{
    /// <inheritdoc/>
    public override string Name => "iou";

    /// <inheritdoc/>
    protected override double Measure(Confusion confusion) => confusion.Iou(1);
}
