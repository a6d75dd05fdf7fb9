using System.Text.Json.Serialization;
using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>How good a model is on rows that it has never seen.</summary>
/// <param name="Model">Which one.</param>
/// <param name="Mae">How far it is off on average, in units of the target.</param>
/// <param name="Rmse">The root of the mean square of that.</param>
/// <param name="R2">The share of the variance that it explains.</param>
/// <param name="Accuracy">The share of rows that are named rightly.</param>
/// <param name="F1">The mean over classes of the harmonic mean of precision and recall.</param>
/// <param name="Auroc">The mean over classes of the area under the ROC curve.</param>
sealed record TableScore(
    string Model,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Mae = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Rmse = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? R2 = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Accuracy = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? F1 = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Auroc = null)
{
    /// <summary>Of numbers.</summary>
    public static TableScore Of(string model, double[] predicted, double[] truth)
    {
        Tensor p = Tensor.From(predicted), t = Tensor.From(truth);
        return new(model, Mae: Measured(new MeanAbsoluteError(), p, t), Rmse: Measured(new RootMeanSquaredError(), p, t), R2: Measured(new RSquared(), p, t));
    }

    /// <summary>Of classes, from their probabilities.</summary>
    public static TableScore Of(string model, TablePredictions predicted, long[] truth)
    {
        Tensor p = Tensor.From(predicted.Values, [truth.Length, predicted.Classes.Count]), t = Tensor.From(truth);
        return new(model, Accuracy: Measured(new Accuracy(), p, t), F1: Measured(new F1(), p, t), Auroc: Measured(new Auroc(), p, t));
    }

    /// <summary>How far it is off, or how often it errs: less is better.</summary>
    [JsonIgnore]
    public double Error => Mae ?? 1 - Accuracy!.Value;

    /// <summary>In a few words: <c>off by 12.3 on average</c>, <c>94.1 % right</c>.</summary>
    public override string ToString() => Mae is { } mae ? FormattableString.Invariant($"off by {mae:G4} on average") : FormattableString.Invariant($"{100 * Accuracy:0.0} % right");

    static double? Measured(Metric metric, Tensor predicted, Tensor truth)
    {
        var state = metric.Begin();
        state.Add(predicted, truth);
        return double.IsFinite(state.Value) ? state.Value : null;
    }
}
