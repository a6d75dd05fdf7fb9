namespace Candeia.Training;

/// <summary>What a metric has counted so far in a pass.</summary>
public interface IMetricState
{
    /// <summary>Counts a batch.</summary>
    void Add(Tensor output, Tensor target);

    /// <summary>The value over all batches so far; not a number before the first.</summary>
    double Value { get; }

    /// <summary>
    /// What the value sums up, if that is worth keeping: the counts of a confusion matrix. Results hand it out through
    /// <see cref="PhaseResult.Detail{T}"/>.
    /// </summary>
    object? Detail => null;
}
