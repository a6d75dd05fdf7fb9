namespace Candeia.Training;

/// <summary>Of the samples of a class, the share that is taken for it.</summary>
/// <param name="Average">How the classes become one number.</param>
public sealed record Recall(Average Average = Average.Macro) : ClassMetric
{
    /// <inheritdoc/>
    public override string Name => Average.Of("recall");

    /// <inheritdoc/>
    protected override double Measure(Confusion confusion) => confusion.Recall(Average);
}
