using Candeia.Training;

namespace Candeia.Charts;

/// <summary>The search for a learning rate, to look at.</summary>
public static class FinderCharts
{
    /// <summary>The loss over the learning rate: as it was batch by batch, and smoothed, with what is suggested. Where it runs away is cut off.</summary>
    public static LineChart Chart(this LearningRateCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        double[] rates = [.. curve.Points.Select(p => p.LearningRate)], losses = [.. curve.Points.Select(p => p.Loss)], smoothed = [.. curve.Points.Select(p => p.Smoothed)];
        return new LineChart("Loss by learning rate", [new("loss", rates, losses) { Hue = Hue.Grey }, new("smoothed", rates, smoothed) { Hue = Hue.Orange }])
        {
            X = new Axis("learning rate") { Log = true },
            Y = new Axis("loss") { Range = curve.Diverged ? Before([.. smoothed.Where(double.IsFinite)]) : null },
            Callouts = Suggestion(curve) is { } point
                ? [new Callout(point.LearningRate, point.Smoothed, $"suggested: {Numbers.Significant(point.LearningRate, 2)}") { Hue = Hue.Orange }] : [],
        };
    }

    static LearningRatePoint? Suggestion(LearningRateCurve curve)
    {
        try { return curve.Points.First(p => p.LearningRate == curve.Suggested); }
        catch (InvalidOperationException) { return null; }                  // the loss fell nowhere
    }

    /// <summary>From the lowest loss to some way above the first.</summary>
    static Interval? Before(double[] losses)
    {
        if (losses.Length == 0) return null;
        double low = losses.Min(), high = losses[0], air = 0.3 * (high - low);
        return air > 0 ? new(low - air / 3, high + air) : null;
    }
}
