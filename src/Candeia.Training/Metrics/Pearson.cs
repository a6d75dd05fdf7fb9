namespace Candeia.Training;

/// <summary>The linear correlation of outputs and targets (Pearson's r).</summary>
public sealed record Pearson : Metric
{
    /// <inheritdoc/>
    public override string Name => "pearson";

    /// <inheritdoc/>
    public override IMetricState Begin() => new State();

    sealed class State : IMetricState, IResumable
    {
        readonly Readings _moments = new(width: 5);

        public double Value => Moments.Together(_moments) is { N: >= 2 } all ? all.XY / Math.Sqrt(all.XX * all.YY) : double.NaN;

        public void Add(Tensor output, Tensor target)
        {
            var (o, t) = Pairs.Match(nameof(Pearson), output, target);
            if (o.Numel > 0) _moments.Add(o.Numel, Moments.Of(o.To(DType.Float64), t.To(DType.Float64)));
        }

        public void Merge(IMetricState other) => _moments.Append(((State)other)._moments);

        public void Save(SavedState state) => _moments.Save(state, "moments");

        public void Restore(SavedState state) => _moments.Restore(state, "moments");
    }
}
