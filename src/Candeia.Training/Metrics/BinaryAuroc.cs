namespace Candeia.Training;

/// <summary>
/// The area under the ROC curve: how probably a positive has a higher score than a negative. Outputs are probabilities or logits, as only their order
/// matters; targets are 0 or 1. Exact: all scores of a pass are kept. Not a number while one of the two is missing.
/// </summary>
public sealed record BinaryAuroc : Metric
{
    /// <inheritdoc/>
    public override string Name => "auroc";

    /// <inheritdoc/>
    public override IMetricState Begin() => new State();

    sealed class State : IMetricState, IResumable
    {
        readonly LateScores<bool> _all = new((scores, truth) => (scores.ToArray<double>(), Scores.Read(nameof(BinaryAuroc), truth)));

        public double Value => RocCurve.TryOf([.. _all.Scores], [.. _all.Truths])?.Area ?? double.NaN;

        public void Add(Tensor output, Tensor target)
        {
            var (scores, truth) = Scores.MatchBinary(nameof(BinaryAuroc), output, target);
            _all.Add(scores, truth);
        }

        public void Merge(IMetricState other) => _all.Append(((State)other)._all);

        public void Save(SavedState state) => state.Set("scores", Tensor.From([.. _all.Scores])).Set("positive", Tensor.From([.. _all.Truths]));

        public void Restore(SavedState state)
        {
            _all.Replace(state.Tensor("scores").ToArray<double>(), state.Tensor("positive").ToArray<bool>());
            if (_all.Scores.Count != _all.Truths.Count) throw state.Unfit("scores");
        }
    }
}
