namespace Candeia.Training;

/// <summary>
/// How many of the positives are found, and how many negatives are taken for positives, at every threshold: the receiver operating characteristic.
/// </summary>
public sealed class RocCurve
{
    RocCurve(double[] thresholds, double[] falsePositives, double[] truePositives) =>
        (Thresholds, FalsePositiveRate, TruePositiveRate) = (thresholds, falsePositives, truePositives);

    /// <summary>From the highest score to the lowest, each once; the first, infinity, finds nothing.</summary>
    public IReadOnlyList<double> Thresholds { get; }

    /// <summary>The share of negatives whose score reaches the threshold.</summary>
    public IReadOnlyList<double> FalsePositiveRate { get; }

    /// <summary>The share of positives whose score reaches the threshold.</summary>
    public IReadOnlyList<double> TruePositiveRate { get; }

    /// <summary>The area below: how probably a positive has a higher score than a negative, where equal scores count half.</summary>
    public double Area
    {
        get
        {
            double area = 0;
            for (int i = 1; i < Thresholds.Count; i++)
                area += (FalsePositiveRate[i] - FalsePositiveRate[i - 1]) * (TruePositiveRate[i] + TruePositiveRate[i - 1]) / 2;
            return area;
        }
    }

    /// <summary>The curve of scores (probabilities or logits: only their order matters) for targets that are 0 or 1, in equal shapes.</summary>
    /// <exception cref="ShapeException">There are not as many targets as scores.</exception>
    /// <exception cref="ArgumentException">A score is not a number, or all targets are alike.</exception>
    public static RocCurve Of(Tensor scores, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(targets);
        var (values, truth) = Training.Scores.MatchBinary(nameof(RocCurve), scores, targets);
        return TryOf(values.ToArray<double>(), Training.Scores.Read(nameof(RocCurve), truth)) ?? throw new ArgumentException(
            "A ROC curve needs at least one positive and one negative target, and scores that are numbers.", nameof(scores));
    }

    /// <summary>The curve; null where there is none. The arrays get sorted.</summary>
    internal static RocCurve? TryOf(double[] scores, bool[] positive)
    {
        int positives = positive.Count(p => p), negatives = positive.Length - positives;
        if (positives == 0 || negatives == 0 || Array.Exists(scores, double.IsNaN)) return null;
        Array.Sort(scores, positive);
        List<double> thresholds = [double.PositiveInfinity], falses = [0], trues = [0];
        int found = 0, wrong = 0;
        for (int i = scores.Length - 1; i >= 0; i--)
        {
            if (positive[i]) found++;
            else wrong++;
            if (i > 0 && scores[i - 1] == scores[i]) continue;
            thresholds.Add(scores[i]);
            falses.Add((double)wrong / negatives);
            trues.Add((double)found / positives);
        }
        return new([.. thresholds], [.. falses], [.. trues]);
    }
}
