namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>The binary cross entropy of scores, in which what is easy counts little: for detection, where most places show nothing (<see href="https://arxiv.org/abs/1708.02002">Lin et al. 2017</see>).</summary>
    /// <param name="input">Scores (logits).</param>
    /// <param name="target">0 or 1, in the same shape.</param>
    /// <param name="alpha">The weight of the ones; 1 − α is that of the zeros. Negative: no weights.</param>
    /// <param name="gamma">How little the easy ones count.</param>
    /// <param name="reduction">What becomes of the single losses.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <example><code>
    /// var loss = Tensor.From([10f, -10]).SigmoidFocalLoss(Tensor.From([1f, 0]));
    /// Console.WriteLine((double)loss &lt; 1e-9);                              // → True
    /// </code></example>
    public static Tensor SigmoidFocalLoss(this Tensor input, Tensor target, double alpha = 0.25, double gamma = 2, Reduction reduction = Reduction.Mean)
    {
        target = Matching(input, target, nameof(SigmoidFocalLoss));
        var p = input.Sigmoid();
        var right = p * target + (1 - p) * (1 - target);
        var losses = input.BceWithLogitsLoss(target, reduction: Reduction.None) * (1 - right).Pow(gamma);
        if (alpha >= 0) losses *= alpha * target + (1 - alpha) * (1 - target);
        return losses.Reduce(reduction);
    }

    /// <summary>
    /// 1 − 2·|A ∩ B| / (|A| + |B|): how little two areas overlap, for segmentation, where most pixels show nothing
    /// (<see href="https://arxiv.org/abs/1606.04797">Milletari et al. 2016</see>).
    /// </summary>
    /// <param name="input">Probabilities, [n, …].</param>
    /// <param name="target">0 or 1, in the same shape.</param>
    /// <param name="smooth">Added above and below, so that nothing against nothing is no loss.</param>
    /// <param name="reduction">What becomes of the losses of the samples.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <example><code>
    /// var mask = Tensor.From([1f, 0, 1, 1]).Reshape(1, 4);
    /// Console.WriteLine((double)mask.DiceLoss(mask));                      // → 0
    /// </code></example>
    public static Tensor DiceLoss(this Tensor input, Tensor target, double smooth = 1, Reduction reduction = Reduction.Mean)
    {
        target = Matching(input, target, nameof(DiceLoss));
        if (input.Rank < 2) throw new ShapeException($"DiceLoss takes samples [n, …], not {input.Shape}; Unsqueeze(0) makes one of them.");
        Tensor a = input.Flatten(1), b = target.Flatten(1);
        return (1 - ((a * b).Sum(1) * 2 + smooth) / (a.Sum(1) + b.Sum(1) + smooth)).Reduce(reduction);
    }

    /// <summary>
    /// The area under the smaller of false positive and false negative rate, over all thresholds: a loss for ROC curves of rare classes
    /// (<see href="https://jmlr.org/papers/v24/21-0751.html">Hillman and Hocking 2023</see>). Always one number.
    /// </summary>
    /// <param name="input">Scores, of any shape.</param>
    /// <param name="target">Two values in the same shape, of which the larger is the positive class.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <example><code>
    /// var loss = Tensor.From([0.1f, 0.2f, 0.8f]).AumLoss(Tensor.From([0f, 0, 1]));
    /// Console.WriteLine((double)loss);                                     // → 0
    /// </code></example>
    public static Tensor AumLoss(this Tensor input, Tensor target)
    {
        target = Matching(input, target, nameof(AumLoss)).Flatten();
        var positive = target.Eq(target.Amax()).To(input.DType);
        var (thresholds, order) = (-input.Flatten()).Sort(0);
        int n = thresholds.Shape[0];
        if (n < 2) return thresholds.Sum() * 0;
        Tensor ones = positive.IndexSelect(0, order), zeros = 1 - ones;
        var falsePositives = zeros.Cumsum(0) / zeros.Sum().Maximum(1);       // after each threshold
        var falseNegatives = (ones.Sum() - ones.Cumsum(0)) / ones.Sum().Maximum(1);
        var least = falsePositives.Minimum(falseNegatives).Narrow(0, 0, n - 1);
        return (least * (thresholds.Narrow(0, 1, n - 1) - thresholds.Narrow(0, 0, n - 1))).Sum();
    }
}
