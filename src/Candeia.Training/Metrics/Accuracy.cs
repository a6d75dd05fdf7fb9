namespace Candeia.Training;

/// <summary>
/// The share of samples whose class is predicted: outputs are scores per class [n, classes] (or [n, classes, …]), targets class indices [n]
/// (or [n, …]).
/// </summary>
public sealed record Accuracy : MeanMetric
{
    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    protected override (double Sum, long Count) Measure(Tensor output, Tensor target)
    {
        var (scores, classes) = Scores.Match(nameof(Accuracy), output, target);
        return (scores.ArgMax(1).ToArray<long>().Zip(classes).LongCount(p => p.First == p.Second), classes.Length);
    }
}
