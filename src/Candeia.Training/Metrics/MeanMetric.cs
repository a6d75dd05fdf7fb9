namespace Candeia.Training;

/// <summary>A metric that is the mean of a number per element or sample.</summary>
public abstract record MeanMetric : Metric
{
    /// <summary>The sum over a batch, and over how many numbers.</summary>
    protected abstract (double Sum, long Count) Measure(Tensor output, Tensor target);

    /// <summary>The final value, from the mean.</summary>
    protected virtual double Finish(double mean) => mean;

    /// <inheritdoc/>
    public sealed override IMetricState Begin() => new State(this);

    sealed class State(MeanMetric metric) : IMetricState, IResumable
    {
        double _sum;
        long _count;

        public double Value => metric.Finish(_sum / _count);

        public void Add(Tensor output, Tensor target)
        {
            var (sum, count) = metric.Measure(output, target);
            _sum += sum;
            _count += count;
        }

        public void Save(SavedState state) => state.Set("sum", _sum).Set("count", _count);

        public void Restore(SavedState state) => (_sum, _count) = (state.Number("sum"), state.Integer("count"));
    }
}
