namespace Candeia.Training;

/// <summary>Gathers metrics batch by batch and records them at the end of a pass. Always there, for the metrics of the learner.</summary>
/// <param name="train">Measured while training.</param>
/// <param name="valid">Measured on validation data.</param>
internal sealed class Measure(IReadOnlyList<Metric> train, IReadOnlyList<Metric> valid) : Callback, IResumable
{
    readonly IReadOnlyList<Metric> _train = Distinct(train), _valid = Distinct(valid);
    (string Name, IMetricState State)[] _states = [];

    public override void On(PhaseBegin e)
    {
        var metrics = e.Phase switch { Phase.Train => _train, Phase.Valid => _valid, _ => [] };
        _states = [.. metrics.Select(m => (m.Name, m.Begin()))];
    }

    public override void On(BatchEnd e)
    {
        if (_states.Length == 0) return;
        var output = e.Output.Detach();
        foreach (var (_, state) in _states) state.Add(output, e.Data.Y);
    }

    public override void On(PhaseEnd e)
    {
        foreach (var (name, state) in _states) e.Run.Record(name, state.Value, detail: state.Detail);
        _states = [];
    }

    public void Save(SavedState state)
    {
        foreach (var (name, metric) in _states) Resumable(name, metric).Save(state.In(name));
    }

    public void Restore(SavedState state)
    {
        foreach (var (name, metric) in _states) Resumable(name, metric).Restore(state.In(name));
    }

    static IResumable Resumable(string metric, IMetricState state) => state as IResumable ??
        throw new NotSupportedException(
            $"The metric {metric} cannot be saved in the middle of an epoch: let its {nameof(IMetricState)} implement {nameof(IResumable)}, or save after epochs only.");

    static IReadOnlyList<Metric> Distinct(IReadOnlyList<Metric> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        if (metrics.GroupBy(m => m.Name).FirstOrDefault(g => g.Count() > 1) is not { } same) return metrics;
        throw new ArgumentException(
            $"{string.Join(" and ", same.Select(m => m.GetType().Name))} are both listed as {same.Key}, so results could not be told apart. Leave one out, or derive a metric with a name of its own.");
    }
}
