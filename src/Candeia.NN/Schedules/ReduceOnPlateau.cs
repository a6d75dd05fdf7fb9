namespace Candeia.NN;

/// <summary>
/// Lowers the learning rate when a metric has stopped improving. Other than a <see cref="Schedule"/> it depends on what has happened:
/// <see cref="State"/> is what must be kept to go on.
/// </summary>
/// <param name="factor">By which the learning rate is multiplied.</param>
/// <param name="patience">How many observations without improvement are tolerated; the next one lowers.</param>
/// <param name="higherIsBetter">Whether the metric, like accuracy, shall grow.</param>
/// <param name="threshold">What counts as improvement: a part of the best value so far.</param>
/// <param name="absolute">Whether the threshold is a difference instead of a part.</param>
/// <param name="cooldown">How many observations do not count after the learning rate was lowered.</param>
/// <param name="minimum">Below which no learning rate falls.</param>
/// <param name="epsilon">A change that is not larger is not made.</param>
public sealed class ReduceOnPlateau(
    double factor = 0.1, int patience = 10, bool higherIsBetter = false, double threshold = 1e-4, bool absolute = false,
    int cooldown = 0, double minimum = 0, double epsilon = 1e-8)
{
    readonly double _factor = factor is > 0 and < 1 ? factor : throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor must be between 0 and 1.");

    /// <summary>What has been observed so far.</summary>
    public PlateauState State { get; set; } = new(double.NaN, 0, 0);

    /// <summary>Takes note of the metric after an epoch, and lowers the learning rates if it is time. Returns whether they were.</summary>
    public bool Observe(double metric, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        var (best, waited, resting) = State;
        if (Improves(metric, best)) (best, waited) = (metric, 0);
        else waited++;
        if (resting > 0) (resting, waited) = (resting - 1, 0);
        bool lowers = waited > patience;
        State = new(best, lowers ? 0 : waited, lowers ? cooldown : resting);
        if (!lowers) return false;
        bool any = false;
        foreach (var group in optimizer.Groups)
        {
            double rate = Math.Max(group.LearningRate * _factor, minimum);
            if (group.LearningRate - rate <= epsilon) continue;
            group.LearningRate = rate;
            any = true;
        }
        return any;
    }

    bool Improves(double metric, double best)
    {
        if (double.IsNaN(best)) return !double.IsNaN(metric);
        double margin = absolute ? threshold : threshold * best;
        return higherIsBetter ? metric > best + margin : metric < best - margin;
    }
}
