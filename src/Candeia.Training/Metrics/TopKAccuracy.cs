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
    protected override (Tensor Sum, long Count) Measure(Tensor output, Tensor target)
    {
        var (scores, classes) = Scores.Match(nameof(TopKAccuracy), output, target);
        int count = scores.Shape[1];
        if (K > count) throw new ShapeException($"{nameof(TopKAccuracy)} with {K} guesses needs at least {K} classes, not the {count} of {output.Shape}.");
        if (scores.Device == Device.Cpu) Scores.Read(nameof(TopKAccuracy), classes, count);
        return (((Above(scores, classes.Unsqueeze(1)) < K).To(DType.Float64)).Sum(), classes.Numel);
    }

    /// <summary>How many classes come before each sample's own, [n]; what is not a number is above all.</summary>
    static Tensor Above(Tensor scores, Tensor own)
    {
        var places = Tensor.Arange(scores.Shape[1]).To(DType.Int64).To(scores.Device).Unsqueeze(0);      // [1, classes]
        var score = scores.Gather(1, own.Clamp(0, scores.Shape[1] - 1));                                 // [n, 1]
        return ((!(scores <= score) | (scores.Eq(score) & (places < own))) & places.Ne(own)).To(DType.Int64).Sum(1);
    }

    static int Positive(int k) => k > 0 ? k : throw new ArgumentOutOfRangeException(nameof(k), k, "There must be at least one guess.");
}
