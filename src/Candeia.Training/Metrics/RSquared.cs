namespace Candeia.Training;

/// <summary>
/// The share of the targets' variance that the outputs explain (R²): 1 if they are equal, 0 for a model that always says the mean, below for worse.
/// All elements count alike.
/// </summary>
public sealed record RSquared : Metric
{
    /// <inheritdoc/>
    public override string Name => "r2";

    /// <inheritdoc/>
    public override IMetricState Begin() => new State();

    /// <summary>Running mean and squared deviations of the targets (Welford), so that nothing cancels.</summary>
    sealed class State : IMetricState, IResumable
    {
        long _n;
        double _mean, _deviations, _errors;

        public double Value => _n < 2 ? double.NaN : 1 - _errors / _deviations;

        public void Add(Tensor output, Tensor target)
        {
            var (o, t) = Pairs.Match(nameof(RSquared), output, target);
            double[] ys = o.ToArray<double>(), truths = t.ToArray<double>();
            for (int i = 0; i < ys.Length; i++)
            {
                double distance = truths[i] - _mean, error = truths[i] - ys[i];
                _mean += distance / ++_n;
                _deviations += distance * (truths[i] - _mean);
                _errors += error * error;
            }
        }

        public void Save(SavedState state) => state.Set("n", _n).Set("mean", _mean).Set("deviations", _deviations).Set("errors", _errors);

        public void Restore(SavedState state) =>
            (_n, _mean, _deviations, _errors) = (state.Integer("n"), state.Number("mean"), state.Number("deviations"), state.Number("errors"));
    }
}
