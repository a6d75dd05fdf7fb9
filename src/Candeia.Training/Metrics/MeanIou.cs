namespace Candeia.Training;

/// <summary>
/// How well masks cover what they should, in classes: the pixels that are of a class and are taken for it, over those that are or are taken (intersection over
/// union). Dice's number of the same masks is <see cref="F1"/>.
/// </summary>
/// <param name="Average">How the classes become one number.</param>
/// <param name="IgnoreIndex">A number in masks that stands for no class and counts for nothing, such as 255, the borders of things in Pascal VOC.</param>
public sealed record MeanIou(Average Average = Average.Macro, int? IgnoreIndex = null) : ClassMetric
{
    /// <inheritdoc/>
    public override string Name => Average.Of("iou");

    /// <inheritdoc/>
    protected override int? Ignored => IgnoreIndex;

    /// <inheritdoc/>
    protected override double Measure(Confusion confusion) => confusion.Iou(Average);
}
