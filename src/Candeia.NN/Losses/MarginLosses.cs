namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>log(1 + e^(−target·input)), for targets of 1 and −1.</summary>
    /// <param name="input">Scores, of any shape.</param>
    /// <param name="target">1 or −1, in the shape of the input.</param>
    /// <param name="reduction">What becomes of the single losses.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.From([0f]).SoftMarginLoss(Tensor.From([1f])) &lt; 0.7);    // → True</code></example>
    public static Tensor SoftMarginLoss(this Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
        (-(input * Matching(input, target, nameof(SoftMarginLoss))).LogSigmoid()).Reduce(reduction);

    /// <summary>A distance where the target is 1, and by how much it falls below a margin where it is −1: what pulls together and pushes apart.</summary>
    /// <param name="input">Distances, of any shape.</param>
    /// <param name="target">1 or −1, in the shape of the input.</param>
    /// <param name="margin">How far apart is far enough.</param>
    /// <param name="reduction">What becomes of the single losses.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.From([0.25f, 2]).HingeEmbeddingLoss(Tensor.From([-1f, -1]), reduction: Reduction.Sum));    // → 0.75</code></example>
    public static Tensor HingeEmbeddingLoss(this Tensor input, Tensor target, double margin = 1, Reduction reduction = Reduction.Mean)
    {
        target = Matching(input, target, nameof(HingeEmbeddingLoss));
        var none = Tensor.Number(0, input.DType);
        return (target.Ne(1).Where((margin - input).Clamp(min: 0), none) + target.Ne(-1).Where(input, none)).Reduce(reduction);
    }

    /// <summary>max(0, −target·(first − second) + margin): which of two scores should be higher, the first for a target of 1, the second for −1.</summary>
    /// <param name="first">Scores, of any shape.</param>
    /// <param name="second">Other scores, in the same shape.</param>
    /// <param name="target">1 or −1, in the same shape.</param>
    /// <param name="margin">By how much.</param>
    /// <param name="reduction">What becomes of the single losses.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.From([3f]).MarginRankingLoss(Tensor.From([1f]), Tensor.From([1f])));    // → 0</code></example>
    public static Tensor MarginRankingLoss(this Tensor first, Tensor second, Tensor target, double margin = 0, Reduction reduction = Reduction.Mean) =>
        (-Matching(first, target, nameof(MarginRankingLoss)) * (first - Matching(first, second, nameof(MarginRankingLoss))) + margin).Clamp(min: 0).Reduce(reduction);

    /// <summary>1 − cos where the target is 1, max(0, cos − margin) where it is −1, of the angle between vectors.</summary>
    /// <param name="first">Vectors, [n, d] or [d].</param>
    /// <param name="second">Other vectors, in the same shape.</param>
    /// <param name="target">1 or −1, [n] or a number.</param>
    /// <param name="margin">From which cosine on different vectors are too near.</param>
    /// <param name="reduction">What becomes of the single losses.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.From([1f, 0]).CosineEmbeddingLoss(Tensor.From([0f, 1]), Tensor.Scalar(1)));    // → 1</code></example>
    public static Tensor CosineEmbeddingLoss(this Tensor first, Tensor second, Tensor target, double margin = 0, Reduction reduction = Reduction.Mean)
    {
        second = Matching(first, second, nameof(CosineEmbeddingLoss));
        ArgumentNullException.ThrowIfNull(target);
        if (first.Rank is not (1 or 2) || target.Shape != first.Shape.Remove(first.Rank - 1))
            throw new ShapeException($"CosineEmbeddingLoss takes vectors [n, d] and targets [n], or one [d] and a number, not {first.Shape} and {target.Shape}.");
        const double Tiny = 1e-12;
        var cosine = (first * second).Sum(-1) / ((first.Square().Sum(-1) + Tiny) * (second.Square().Sum(-1) + Tiny)).Sqrt();
        var none = Tensor.Number(0, first.DType);
        return (target.Eq(1).Where(1 - cosine, none) + target.Eq(-1).Where((cosine - margin).Clamp(min: 0), none)).Reduce(reduction);
    }

    /// <summary>Σ max(0, margin − input[class] + input[other])ᵖ / classes over all other classes.</summary>
    /// <param name="input">Scores, [n, classes] or [classes].</param>
    /// <param name="target">Class indices, [n] or a number.</param>
    /// <param name="p">1 or 2.</param>
    /// <param name="margin">By how much the right class should win.</param>
    /// <param name="weight">A factor for each class, [classes].</param>
    /// <param name="reduction">What becomes of the single losses.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.From([5f, 0, 0]).MultiMarginLoss(Tensor.Scalar(0, DType.Int64)));    // → 0</code></example>
    public static Tensor MultiMarginLoss(this Tensor input, Tensor target, int p = 1, double margin = 1, Tensor? weight = null, Reduction reduction = Reduction.Mean)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(target);
        if (p is not (1 or 2)) throw new ArgumentOutOfRangeException(nameof(p), $"MultiMarginLoss has the exponent 1 or 2, not {p}.");
        if (input.Rank is not (1 or 2)) throw new ShapeException($"MultiMarginLoss takes [n, classes] or [classes], not {input.Shape}.");
        CheckClasses(input, target, weight, int.MinValue, nameof(MultiMarginLoss));
        var index = target.To(DType.Int64).Unsqueeze(-1);
        var over = (input - input.Gather(-1, index) + margin).Clamp(min: 0);
        if (p == 2) over = over.Square();
        if (weight is not null) over *= weight.To(input.DType).IndexSelect(0, index.Flatten()).Reshape(index.Shape);
        var others = 1 - index.Squeeze(-1).OneHot(input.Shape[^1]).To(input.DType);
        return ((over * others).Sum(-1) / input.Shape[^1]).Reduce(reduction);
    }

    /// <summary>Σ max(0, 1 − input[label] + input[other]) / classes over all pairs of a label and a class that is none.</summary>
    /// <param name="input">Scores, [n, classes] or [classes].</param>
    /// <param name="target">Labels in the shape of the input: class indices, and −1 behind the last.</param>
    /// <param name="reduction">What becomes of the single losses.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.From([0.5f, 0]).MultilabelMarginLoss(Tensor.From([0L, -1])));    // → 0.25</code></example>
    public static Tensor MultilabelMarginLoss(this Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(target);
        if (input.Rank is not (1 or 2) || target.Shape != input.Shape)
            throw new ShapeException($"MultilabelMarginLoss takes scores and labels [n, classes] or [classes], not {input.Shape} and {target.Shape}.");
        if (input.Rank == 1) return input.Unsqueeze(0).MultilabelMarginLoss(target.Unsqueeze(0), reduction) is { Rank: 1 } one ? one.Squeeze(0) : input.Unsqueeze(0).MultilabelMarginLoss(target.Unsqueeze(0), reduction);
        int classes = input.Shape[1];
        var counts = (target < 0).To(DType.Int64).Cumsum(1).Eq(0);           // labels before the first −1
        var index = target.To(DType.Int64).MaskedFill(!counts, 0);
        var share = counts.To(input.DType);
        var isLabel = Tensor.Zeros(input.Shape, input.DType, input.Device).ScatterAdd(1, index, share) > 0;
        var of = input.Gather(1, index).Unsqueeze(2);                        // [n, label, 1]
        var over = (1 - of + input.Unsqueeze(1)).Clamp(min: 0);              // [n, label, class]
        over = over * share.Unsqueeze(2) * (!isLabel).To(input.DType).Unsqueeze(1);
        return (over.Sum(1, 2) / classes).Reduce(reduction);
    }

    /// <summary>The mean over the classes of the binary cross entropies of their scores: for several labels at once.</summary>
    /// <param name="input">Scores (logits), […, classes].</param>
    /// <param name="target">0 or 1, in the same shape.</param>
    /// <param name="weight">A factor for each class.</param>
    /// <param name="reduction">What becomes of the single losses.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.From([9f, -9]).MultilabelSoftMarginLoss(Tensor.From([1f, 0])) &lt; 0.01);    // → True</code></example>
    public static Tensor MultilabelSoftMarginLoss(this Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
    {
        target = Matching(input, target, nameof(MultilabelSoftMarginLoss));
        var losses = -(target * input.LogSigmoid() + (1 - target) * (-input).LogSigmoid());
        return Weighted(losses, weight).Mean(-1).Reduce(reduction);
    }
}
