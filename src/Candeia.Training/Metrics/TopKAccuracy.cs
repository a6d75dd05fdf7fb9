using System.Globalization;

namespace Candeia.Training;

/// <summary>The share of samples whose class is among the highest scores: outputs are scores per class [n, classes], targets class indices [n].</summary>
/// <param name="K">How many guesses there are. Of equal scores, the first is the higher one, as for <see cref="Accuracy"/>.</param>
public sealed record TopKAccuracy(int K = 5) : MeanMetric
{
    /// <summary>How many guesses there are.</summary>
    public int K { get; init => field = Positive(value); } = Positive(K);

    /// <inheritdoc/>
    public override string Name => string.Create(CultureInfo.InvariantCulture, $"top{K}_accuracy");

    /// <inheritdoc/>
    protected override (double Sum, long Count) Measure(Tensor output, Tensor target)
    {
        var (scores, classes) = Scores.Match(nameof(TopKAccuracy), output, target);
        int count = scores.Shape[1];
        if (K > count) throw new ShapeException($"{nameof(TopKAccuracy)} with {K} guesses needs at least {K} classes, not the {count} of {output.Shape}.");
        double[] values = scores.ToArray<double>();
        long hits = 0;
        for (int i = 0; i < classes.Length; i++) if (Above(values.AsSpan(i * count, count), (int)classes[i]) < K) hits++;
        return (hits, classes.Length);
    }

    /// <summary>How many classes come before one; what is not a number is above all.</summary>
    static int Above(ReadOnlySpan<double> scores, int of)
    {
        int above = 0;
        for (int c = 0; c < scores.Length; c++) if (c != of && (!(scores[c] <= scores[of]) || (c < of && scores[c] == scores[of]))) above++;
        return above;
    }

    static int Positive(int k) => k > 0 ? k : throw new ArgumentOutOfRangeException(nameof(k), k, "There must be at least one guess.");
}
