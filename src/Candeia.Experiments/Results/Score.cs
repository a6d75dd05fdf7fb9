using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>How well predictions agree with the truth.</summary>
/// <param name="N">How many images were predicted.</param>
/// <param name="Mse">Mean squared error.</param>
/// <param name="Mae">Mean absolute error.</param>
/// <param name="Pearson">Correlation of predictions and truth; null where one of them is constant.</param>
sealed record Score(int N, double Mse, double Mae, double? Pearson)
{
    public static Score Of(IReadOnlyList<Prediction> rows)
    {
        Tensor predicted = Tensor.From([.. rows.Select(r => r.Predicted)]), truth = Tensor.From([.. rows.Select(r => r.Truth)]);
        double Measure(Metric metric)
        {
            var state = metric.Begin();
            state.Add(predicted, truth);
            return state.Value;
        }
        double r = Measure(new Pearson());
        return new(rows.Count, Measure(new MeanSquaredError()), Measure(new MeanAbsoluteError()), double.IsFinite(r) ? r : null);
    }

    /// <summary>In one line: <c>MSE 0.00124 · MAE 0.0271 · r 0.9968</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"MSE {Mse:0.00000} · MAE {Mae:0.0000} · r ")
            + (Pearson is { } r ? FormattableString.Invariant($"{r:0.0000}") : "undefined");
}
