namespace Candeia.Training;

/// <summary>
/// A metric that follows from how often each class is taken for each: outputs are scores per class [n, classes] (or [n, classes, …]), of which the
/// highest decides; targets are class indices [n] (or [n, …]).
/// </summary>
public abstract record ClassMetric : Metric
{
    /// <summary>The number, from all samples of a pass.</summary>
    protected abstract double Measure(Confusion confusion);

    /// <summary>Whether results keep the counts themselves: see <see cref="PhaseResult.Detail{T}"/>.</summary>
    protected virtual bool KeepsCounts => false;

    /// <inheritdoc/>
    public sealed override IMetricState Begin() => new ConfusionState(GetType().Name, Decide, Measure, KeepsCounts);

    (Tensor, Tensor, int) Decide(Tensor output, Tensor target)
    {
        var (scores, classes) = Scores.Match(GetType().Name, output, target);
        return (scores.ArgMax(1), classes, scores.Shape[1]);
    }
}
