namespace Candeia.Training;

/// <summary>A metric that is the mean of a number per element or sample.</summary>
public abstract record MeanMetric : Metric
{
    /// <summary>The sum over a batch, a single number that is not read here, and over how many numbers.</summary>
    protected abstract (Tensor Sum, long Count) Measure(Tensor output, Tensor target);

    /// <summary>The final value, from the mean.</summary>
    protected virtual double Finish(double mean) => mean;

    /// <inheritdoc/>
    public sealed override IMetricState Begin() => new State(this);

    sealed class State(MeanMetric metric) : IMetricState, IResumable
    {
        readonly Readings _sums = new(width: 1);

        public double Value => metric.Finish(_sums.Share);

        public void Add(Tensor output, Tensor target)
        {
            var (sum, count) = metric.Measure(output, target);
            _sums.Add(count, sum);
        }

        public void Merge(IMetricState other) => _sums.Append(((State)other)._sums);

        public void Save(SavedState state) => _sums.Save(state, "sums");

        public void Restore(SavedState state) => _sums.Restore(state, "sums");
    }
}
