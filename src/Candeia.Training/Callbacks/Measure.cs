namespace Candeia.Training;

/// <summary>Gathers metrics batch by batch and records them at the end of a pass. Always there, for the metrics of the learner.</summary>
/// <param name="train">Measured while training.</param>
/// <param name="valid">Measured on validation data.</param>
internal sealed class Measure(IReadOnlyList<Metric> train, IReadOnlyList<Metric> valid) : Callback, IResumable
{
    readonly IReadOnlyList<Metric> _train = Distinct(train), _valid = Distinct(valid);
    (Metric Metric, IMetricState State)[] _states = [];

    public override void On(PhaseBegin e)
    {
        var metrics = e.Phase switch { Phase.Train => _train, Phase.Valid => _valid, _ => [] };
        _states = [.. metrics.Select(m => (m, m.Begin()))];
    }

    public override void On(BatchEnd e)
    {
        if (_states.Length == 0) return;
        foreach (var (metric, state) in _states)
        {
            var (output, target) = metric.Compared(e.Result, e.Items);
            state.Add(output.Detach(), target);
        }
    }

    public override void On(PhaseEnd e)
    {
        foreach (var (metric, state) in _states) e.Run.Record(metric.Name, state.Value, detail: state.Detail);
        _states = [];
    }

    public void Save(SavedState state)
    {
        foreach (var (metric, counts) in _states) Resumable(metric.Name, counts).Save(state.In(metric.Name));
    }

    public void Restore(SavedState state)
    {
        foreach (var (metric, counts) in _states) Resumable(metric.Name, counts).Restore(state.In(metric.Name));
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
