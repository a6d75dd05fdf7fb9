namespace Candeia.Training;

/// <summary>
/// The area under the ROC curve of each class against the rest: outputs are probabilities per class [n, classes] (or [n, classes, …]), or logits if
/// <paramref name="FromLogits"/>; targets are class indices. Exact: all scores of a pass are kept. Classes that do not occur do not count.
/// </summary>
/// <param name="Average">How the classes become one number.</param>
/// <param name="FromLogits">Whether a softmax makes the probabilities.</param>
public sealed record Auroc(Average Average = Average.Macro, bool FromLogits = false) : Metric
{
    /// <inheritdoc/>
    public override string Name => Average.Of("auroc");

    /// <inheritdoc/>
    public override IMetricState Begin() => new State(this);

    sealed class State(Auroc metric) : IMetricState, IResumable
    {
        readonly List<double> _scores = [];
        readonly List<long> _classes = [];
        int _count;

        public double Value => _classes.Count == 0 ? double.NaN : metric.Average == Average.Micro ? Together() : OneByOne();

        public void Add(Tensor output, Tensor target)
        {
            var (scores, classes) = Scores.Match(nameof(Auroc), metric.FromLogits ? output.Softmax(1) : output, target);
            if (_count != 0 && _count != scores.Shape[1])
                throw new ShapeException($"The outputs {output.Shape} have {scores.Shape[1]} classes, those of earlier batches {_count}.");
            _count = scores.Shape[1];
            _scores.AddRange(scores.ToArray<double>());
            _classes.AddRange(classes);
        }

        public void Save(SavedState state) =>
            state.Set("scores", Tensor.From([.. _scores])).Set("classes", Tensor.From([.. _classes])).Set("count", _count);

        public void Restore(SavedState state)
        {
            _scores.AddRange(state.Tensor("scores").ToArray<double>());
            _classes.AddRange(state.Tensor("classes").ToArray<long>());
            _count = (int)state.Integer("count");
            if (_count < 0 || _scores.Count != (long)_classes.Count * _count || _classes.Exists(c => c < 0 || c >= _count)) throw state.Unfit("scores");
        }

        double Together() => Area([.. _scores], [.. _scores.Select((_, i) => _classes[i / _count] == i % _count)]);

        double OneByOne()
        {
            double sum = 0, weights = 0;
            for (int c = 0; c < _count; c++)
            {
                long occurs = _classes.LongCount(k => k == c);
                if (occurs == 0) continue;
                double weight = metric.Average == Average.Weighted ? occurs : 1;
                sum += weight * Area([.. _classes.Select((_, i) => _scores[i * _count + c])], [.. _classes.Select(k => k == c)]);
                weights += weight;
            }
            return sum / weights;
        }

        static double Area(double[] scores, bool[] positive) => RocCurve.TryOf(scores, positive)?.Area ?? double.NaN;
    }
}
