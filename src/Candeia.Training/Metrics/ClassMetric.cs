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

    /// <summary>A number among the targets that stands for no class and counts for nothing, such as 255 in masks; none by default.</summary>
    protected virtual int? Ignored => null;

    /// <inheritdoc/>
    public sealed override IMetricState Begin() => new ConfusionState(GetType().Name, Decide, Measure, KeepsCounts);

    (Tensor, Tensor, int) Decide(Tensor output, Tensor target)
    {
        var (scores, classes) = Scores.Match(GetType().Name, output, target);
        var predicted = scores.ArgMax(1);
        if (Ignored is not { } none) return (predicted, classes, scores.Shape[1]);
        var counts = classes.Ne(none);
        return (predicted.MaskedSelect(counts), classes.MaskedSelect(counts), scores.Shape[1]);
    }
}
