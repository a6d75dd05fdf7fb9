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
    public sealed override IMetricState Begin() => new ConfusionState(GetType().Name, Decide, Measure, KeepsCounts);

    (Tensor, Tensor, int) Decide(Tensor output, Tensor target)
    {
        string name = GetType().Name;
        var (scores, truth) = Scores.MatchBinary(name, FromLogits ? output.Sigmoid() : output, target);
        if (truth.Device == Device.Cpu) Scores.Read(name, truth);
        var none = !(truth.Eq(0) | truth.Eq(1));                             // on a device what is neither yes nor no is counted apart
        return ((scores > Threshold).To(DType.Int64), truth.MaskedFill(none, -1).To(DType.Int64), 2);
    }
}
