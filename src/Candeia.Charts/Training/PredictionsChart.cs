namespace Candeia.Charts;

/// <summary>Predictions against truth.</summary>
public static class PredictionsChart
{
    /// <summary>
    /// A point for each prediction, the diagonal on which all would be right, and how far they are from it: mean squared error, mean absolute error,
    /// Pearson's r.
    /// </summary>
    /// <param name="truth">What is right.</param>
    /// <param name="predictions">What was predicted, in the same order. Pairs that are not finite are left out.</param>
    /// <exception cref="ArgumentException">There are not as many predictions as truths.</exception>
    public static ScatterChart Of(IReadOnlyList<double> truth, IReadOnlyList<double> predictions)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predictions);
        if (truth.Count != predictions.Count)
            throw new ArgumentException($"{predictions.Count} predictions for {truth.Count} truths: give one for each.", nameof(predictions));
        var agreement = Agreement.Of(truth, predictions);
        return new ScatterChart("Predictions against truth", truth, predictions)
        {
            X = "truth",
            Y = "prediction",
            Diagonal = true,
            Width = 560,
            Notes = agreement is { } a ? [Describe(a)] : [],
        };
    }

    /// <summary>The same for tensors with as many numbers, such as [n] and [n, 1].</summary>
    /// <param name="truth">What is right.</param>
    /// <param name="predictions">What was predicted, in the same order. Pairs that are not finite are left out.</param>
    /// <exception cref="ArgumentException">There are not as many predictions as truths.</exception>
    /// <example><code>
    /// Tensor truth = [0.1, 0.5, 0.9], predictions = [0.2, 0.4, 0.9];
    /// Console.WriteLine(PredictionsChart.Of(truth, predictions).Notes[0]);      // → MSE 0.00667 · MAE 0.0667 · r 0.971
    /// </code></example>
    public static ScatterChart Of(Tensor truth, Tensor predictions)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predictions);
        return Of(truth.ToArray<double>(), predictions.ToArray<double>());
    }

    static string Describe(Agreement a) => $"MSE {Numbers.Significant(a.Mse)} · MAE {Numbers.Significant(a.Mae)}"
        + (double.IsNaN(a.Pearson) ? "" : $" · r {Numbers.Significant(a.Pearson, RDigits(a.Pearson))}");

    // Close to 1, what counts is the distance from it: 0.9987, not 0.999.
    static int RDigits(double r) => Math.Clamp(1 - (int)Math.Floor(Math.Log10(Math.Max(1 - Math.Abs(r), 1e-6))), 3, 6);
}
