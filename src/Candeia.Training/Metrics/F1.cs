namespace Candeia.Training;

/// <summary>The harmonic mean of precision and recall.</summary>
/// <param name="Average">How the classes become one number.</param>
public sealed record F1(Average Average = Average.Macro) : ClassMetric
{
    /// <inheritdoc/>
    public override string Name => Average.Of("f1");

    /// <inheritdoc/>
    protected override double Measure(Confusion confusion) => confusion.F1(Average);
}
