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

    sealed class State : IMetricState, IResumable
    {
        readonly Readings _moments = new(width: 5), _errors = new(width: 1);

        public double Value => Moments.Together(_moments) is { N: >= 2 } all ? 1 - _errors.Share * all.N / all.YY : double.NaN;

        public void Add(Tensor output, Tensor target)
        {
            var (o, t) = Pairs.Match(nameof(RSquared), output, target);
            if (o.Numel == 0) return;
            (o, t) = (o.To(DType.Float64), t.To(DType.Float64));
            _moments.Add(o.Numel, Moments.Of(o, t));
            _errors.Add(o.Numel, (t - o).Square().Sum());
        }

        public void Merge(IMetricState other)
        {
            var state = (State)other;
            _moments.Append(state._moments);
            _errors.Append(state._errors);
        }

        public void Save(SavedState state)
        {
            _moments.Save(state, "moments");
            _errors.Save(state, "errors");
        }

        public void Restore(SavedState state)
        {
            _moments.Restore(state, "moments");
            _errors.Restore(state, "errors");
        }
    }
}
