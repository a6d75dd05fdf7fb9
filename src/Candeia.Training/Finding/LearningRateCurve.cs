using System.Globalization;

namespace Candeia.Training;

/// <summary>What became of the loss while the learning rate rose from batch to batch.</summary>
/// <param name="Points">One per batch, in the order of their learning rates.</param>
/// <param name="Diverged">Whether the loss ran away at the last point, which ended the sweep.</param>
public sealed record LearningRateCurve(IReadOnlyList<LearningRatePoint> Points, bool Diverged)
{
    /// <summary>Where the smoothed loss is lowest: about the largest learning rate that is not harmful yet.</summary>
    /// <exception cref="InvalidOperationException">The loss was not a finite number at any learning rate.</exception>
    public LearningRatePoint Lowest => Finite.Length > 0 ? Finite.MinBy(p => p.Smoothed) : throw new InvalidOperationException(
        "The loss was not a finite number from the first batch on, so that no learning rate helps. NanWatch names the layer where it begins.");

    LearningRatePoint[] Finite => [.. Points.Where(p => double.IsFinite(p.Smoothed))];

    /// <summary>
    /// A good learning rate to begin with: where the smoothed loss has come half of the way down, so that it falls fastest. The maximum of a one-cycle
    /// schedule, which is there for a while only, may be as high as that of <see cref="Lowest"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The loss did not fall at any learning rate.</exception>
    public double Suggested => Halfway(Lowest) ?? throw new InvalidOperationException(
        "The loss did not fall at any learning rate of the sweep, so none can be suggested. Sweep more batches or a wider range, and check that the gradients are not zero.");

    /// <summary>The last learning rate before the lowest loss where the loss is above the middle between that and the level on which it began.</summary>
    double? Halfway(LearningRatePoint lowest)
    {
        var falling = Points.TakeWhile(p => p.Smoothed != lowest.Smoothed).ToArray();
        if (falling.Length == 0) return null;
        double level = falling[..((falling.Length + 1) / 2)].Select(p => p.Smoothed).Order().ElementAt(falling.Length / 4);
        if (level - lowest.Smoothed <= 1e-6 * Math.Abs(level)) return null;              // that is rounding
        return falling.Where(p => p.Smoothed > (level + lowest.Smoothed) / 2).Select(p => (double?)p.LearningRate).LastOrDefault();
    }

    /// <summary>The range, and what is suggested: <c>87 learning rates from 1E-07 to 1.2, suggested 0.013</c>.</summary>
    public override string ToString() => Points.Count == 0 ? "no learning rates" : string.Create(CultureInfo.InvariantCulture,
        $"{Points.Count} learning rates from {Points[0].LearningRate:G2} to {Points[^1].LearningRate:G2}, {(Finite.Length > 0 && Halfway(Lowest) is { } rate ? $"suggested {rate:G2}" : "none at which the loss falls")}{(Diverged ? ", diverged at the end" : "")}");
}
