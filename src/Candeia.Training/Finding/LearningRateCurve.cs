using System.Globalization;

namespace Candeia.Training;

/// <summary>What became of the loss while the learning rate rose from batch to batch.</summary>
/// <param name="Points">One per batch, in the order of their learning rates.</param>
/// <param name="Diverged">Whether the loss ran away at the last point, which ended the sweep.</param>
public sealed record LearningRateCurve(IReadOnlyList<LearningRatePoint> Points, bool Diverged)
{
    /// <summary>Where the smoothed loss is lowest: about the largest learning rate that is not harmful yet.</summary>
    public LearningRatePoint Lowest => Points.Where(p => double.IsFinite(p.Smoothed)).MinBy(p => p.Smoothed);

    /// <summary>
    /// A good learning rate to begin with: where the smoothed loss falls fastest. For the maximum of a one-cycle schedule take it, too, or up to the
    /// double.
    /// </summary>
    /// <exception cref="InvalidOperationException">The loss did not fall at any learning rate.</exception>
    public double Suggested => Steepest is { } at ? Points[at].LearningRate : throw new InvalidOperationException(
        "The loss did not fall at any learning rate of the sweep, so none can be suggested. Sweep more batches or a wider range, and check that the gradients are not zero.");

    /// <summary>Where the loss falls fastest; a fall of less than a millionth is rounding.</summary>
    int? Steepest => Slopes().Where(s => s.Slope < -1e-6 * Math.Abs(Points[0].Loss)).OrderBy(s => s.Slope).Select(s => (int?)s.At).FirstOrDefault();

    /// <summary>How the smoothed loss changes per factor e of the learning rate: least squares over some points, up to the lowest.</summary>
    IEnumerable<(int At, double Slope)> Slopes()
    {
        int lowest = Points.Select((p, i) => (p.Smoothed, i)).Where(p => double.IsFinite(p.Smoothed)).MinBy(p => p.Smoothed).i, reach = Math.Max(1, Points.Count / 25);
        for (int at = reach; at + reach <= lowest; at++)
        {
            var near = Points.Skip(at - reach).Take(2 * reach + 1).ToArray();
            double x = near.Average(p => Math.Log(p.LearningRate)), y = near.Average(p => p.Smoothed);
            yield return (at, near.Sum(p => (Math.Log(p.LearningRate) - x) * (p.Smoothed - y)) / near.Sum(p => Math.Pow(Math.Log(p.LearningRate) - x, 2)));
        }
    }

    /// <summary>The range, and what is suggested: <c>87 learning rates from 1E-07 to 1.2, suggested 0.013</c>.</summary>
    public override string ToString() => Points.Count == 0 ? "no learning rates" : string.Create(CultureInfo.InvariantCulture,
        $"{Points.Count} learning rates from {Points[0].LearningRate:G2} to {Points[^1].LearningRate:G2}, {(Steepest is not null ? $"suggested {Suggested:G2}" : "none at which the loss falls")}{(Diverged ? ", diverged at the end" : "")}");
}
