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
        readonly List<double> _scores = [];
        readonly List<bool> _positive = [];

        public double Value => RocCurve.TryOf([.. _scores], [.. _positive])?.Area ?? double.NaN;

        public void Add(Tensor output, Tensor target)
        {
            var (scores, positive) = Scores.MatchBinary(nameof(BinaryAuroc), output, target);
            _scores.AddRange(scores);
            _positive.AddRange(positive);
        }

        public void Save(SavedState state) => state.Set("scores", Tensor.From([.. _scores])).Set("positive", Tensor.From([.. _positive]));

        public void Restore(SavedState state)
        {
            _scores.AddRange(state.Tensor("scores").ToArray<double>());
            _positive.AddRange(state.Tensor("positive").ToArray<bool>());
            if (_scores.Count != _positive.Count) throw state.Unfit("scores");
        }
    }
}
