namespace Candeia.Training;

/// <summary>What a metric has counted so far in a pass.</summary>
public interface IMetricState
{
    /// <summary>Counts a batch.</summary>
    void Add(Tensor output, Tensor target);

    /// <summary>The value over all batches so far; not a number before the first.</summary>
    double Value { get; }
}
