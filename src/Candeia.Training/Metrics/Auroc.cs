namespace Candeia.Training;

/// <summary>
/// The area under the ROC curve of each class against the rest: outputs are probabilities per class [n, classes] (or [n, classes, …]), or logits if
/// <paramref name="FromLogits"/>; targets are class indices. Exact: all scores of a pass are kept. Classes that do not occur do not count. The areas of
/// the classes themselves are the detail: <c>result.Detail&lt;ClassAreas>()[2]</c>.
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
        readonly LateScores<long> _all = new((scores, classes) =>
            (scores.ToArray<double>(), Training.Scores.Read(nameof(Auroc), classes, scores.Shape[1])));
        int _count;

        public double Value => _all.Truths.Count == 0 ? double.NaN : metric.Average == Average.Micro ? Together() : OneByOne();

        public object? Detail => _all.Truths.Count == 0 ? null : new ClassAreas([.. Enumerable.Range(0, _count).Select(Area)]);

        public void Add(Tensor output, Tensor target)
        {
            var (scores, classes) = Training.Scores.Match(nameof(Auroc), metric.FromLogits ? output.Softmax(1) : output, target);
            if (_count != 0 && _count != scores.Shape[1])
                throw new ShapeException($"The outputs {output.Shape} have {scores.Shape[1]} classes, those of earlier batches {_count}.");
            _count = scores.Shape[1];
            _all.Add(scores, classes);
        }

        public void Merge(IMetricState other)
        {
            var state = (State)other;
            if (_count != 0 && state._count != 0 && _count != state._count)
                throw new ShapeException($"One part has {state._count} classes, another one {_count}.");
            _count = Math.Max(_count, state._count);
            _all.Append(state._all);
        }

        public void Save(SavedState state) =>
            state.Set("scores", Tensor.From([.. _all.Scores])).Set("classes", Tensor.From([.. _all.Truths])).Set("count", _count);

        public void Restore(SavedState state)
        {
            _all.Replace(state.Tensor("scores").ToArray<double>(), state.Tensor("classes").ToArray<long>());
            _count = (int)state.Integer("count");
            if (_count < 0 || _all.Scores.Count != (long)_all.Truths.Count * _count || _all.Truths.Exists(c => c < 0 || c >= _count)) throw state.Unfit("scores");
        }

        double Together() => Area([.. _all.Scores], [.. _all.Scores.Select((_, i) => _all.Truths[i / _count] == i % _count)]);

        double OneByOne()
        {
            double sum = 0, weights = 0;
            for (int c = 0; c < _count; c++)
            {
                long occurs = _all.Truths.LongCount(k => k == c);
                if (occurs == 0) continue;
                double weight = metric.Average == Average.Weighted ? occurs : 1;
                sum += weight * Area(c);
                weights += weight;
            }
            return sum / weights;
        }

        double Area(int of)
        {
            var (scores, truths) = (_all.Scores, _all.Truths);
            return Area([.. truths.Select((_, i) => scores[i * _count + of])], [.. truths.Select(k => k == of)]);
        }

        static double Area(double[] scores, bool[] positive) => RocCurve.TryOf(scores, positive)?.Area ?? double.NaN;
    }
}
