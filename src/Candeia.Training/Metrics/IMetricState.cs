namespace Candeia.Training;

/// <summary>What a metric has counted so far in a pass.</summary>
public interface IMetricState
{
    /// <summary>Counts a batch. What lies on a device should stay there until <see cref="Value"/> is asked for, so that no step waits for it.</summary>
    void Add(Tensor output, Tensor target);

    /// <summary>
    /// Takes over what another state of the same metric has counted, behind its own: the parts of a data set, counted apart and merged in their order, give
    /// the value of the whole.
    /// </summary>
    void Merge(IMetricState other);

    /// <summary>The value over all batches so far; not a number before the first.</summary>
    double Value { get; }

    /// <summary>
    /// What the value sums up, if that is worth keeping: the counts of a confusion matrix. Results hand it out through
    /// <see cref="PhaseResult.Detail{T}"/>.
    /// </summary>
    object? Detail => null;
}
