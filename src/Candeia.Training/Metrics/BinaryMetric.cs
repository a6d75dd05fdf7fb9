namespace Candeia.Training;

/// <summary>
/// A metric that follows from how often yes is taken for yes and no for no: outputs are probabilities, or logits if <paramref name="FromLogits"/>;
/// targets are 0 or 1. Class 1 is yes.
/// </summary>
/// <param name="FromLogits">Whether a sigmoid makes the probabilities.</param>
/// <param name="Threshold">Above which probability the answer is yes.</param>
public abstract record BinaryMetric(bool FromLogits = false, double Threshold = 0.5) : Metric
{
    /// <summary>The number, from all samples of a pass.</summary>
    protected abstract double Measure(Confusion confusion);

    /// <summary>Whether results keep the counts themselves: see <see cref="PhaseResult.Detail{T}"/>.</summary>
    protected virtual bool KeepsCounts => false;

    /// <inheritdoc/>
    public sealed override IMetricState Begin() => new ConfusionState(Decide, Measure, KeepsCounts);

    (long[], long[], int) Decide(Tensor output, Tensor target)
    {
        var (scores, positive) = Scores.MatchBinary(GetType().Name, FromLogits ? output.Sigmoid() : output, target);
        return (Array.ConvertAll(scores, p => p > Threshold ? 1L : 0), Array.ConvertAll(positive, y => y ? 1L : 0), 2);
    }
}
