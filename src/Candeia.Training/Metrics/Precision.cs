namespace Candeia.Training;

/// <summary>Of the samples taken for a class, the share that truly are of it.</summary>
/// <param name="Average">How the classes become one number.</param>
/// <remarks>As scikit-learn has it: a class that is never predicted has precision 0.</remarks>
public sealed record Precision(Average Average = Average.Macro) : ClassMetric
{
    /// <inheritdoc/>
    public override string Name => Average.Of("precision");

    /// <inheritdoc/>
    protected override double Measure(Confusion confusion) => confusion.Precision(Average);
}
