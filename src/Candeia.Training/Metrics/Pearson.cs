namespace Candeia.Training;

/// <summary>The linear correlation of outputs and targets (Pearson's r).</summary>
public sealed record Pearson : Metric
{
    /// <inheritdoc/>
    public override string Name => "pearson";

    /// <inheritdoc/>
    public override IMetricState Begin() => new State();

    /// <summary>Running means and co-moments (Welford), so that nothing cancels.</summary>
    sealed class State : IMetricState, IResumable
    {
        long _n;
        double _meanX, _meanY, _xx, _yy, _xy;

        public double Value => _n < 2 ? double.NaN : _xy / Math.Sqrt(_xx * _yy);

        public void Add(Tensor output, Tensor target)
        {
            var (o, t) = Pairs.Match(nameof(Pearson), output, target);
            double[] xs = o.ToArray<double>(), ys = t.ToArray<double>();
            for (int i = 0; i < xs.Length; i++)
            {
                double dx = xs[i] - _meanX, dy = ys[i] - _meanY;
                _n++;
                _meanX += dx / _n;
                _meanY += dy / _n;
                _xx += dx * (xs[i] - _meanX);
                _yy += dy * (ys[i] - _meanY);
                _xy += dx * (ys[i] - _meanY);
            }
        }

        public void Save(SavedState state) =>
            state.Set("n", _n).Set("mean_x", _meanX).Set("mean_y", _meanY).Set("xx", _xx).Set("yy", _yy).Set("xy", _xy);

        public void Restore(SavedState state)
        {
            (_n, _meanX, _meanY) = (state.Integer("n"), state.Number("mean_x"), state.Number("mean_y"));
            (_xx, _yy, _xy) = (state.Number("xx"), state.Number("yy"), state.Number("xy"));
        }
    }
}
