namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>
    /// The divergence of Kullback and Leibler, target·(log target − input). Its definition sums over the classes: use
    /// <see cref="Reduction.BatchMean"/>.
    /// </summary>
    /// <param name="input">Logarithms of the predicted probabilities, of any shape.</param>
    /// <param name="target">The true probabilities in the same shape, or their logarithms.</param>
    /// <param name="logTarget">Whether the target holds logarithms.</param>
    /// <param name="reduction">What becomes of the single losses; PyTorch's default, the mean over all elements, unless given.</param>
    /// <returns>A single number, or a loss for each element with <see cref="Reduction.None"/>.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <example><code>
    /// Tensor predicted = [[0.5, 0.5]], actual = [[0.9, 0.1]];
    /// Console.WriteLine($"{predicted.Log().KlDivLoss(actual, reduction: Reduction.BatchMean).Item():F4}");      // → 0.3681
    /// </code></example>
    public static Tensor KlDivLoss(this Tensor input, Tensor target, bool logTarget = false, Reduction reduction = Reduction.Mean)
    {
        target = Matching(input, target, nameof(KlDivLoss));
        var logarithm = logTarget ? target : target.MaskedFill(target <= 0, 1).Log();
        return ((logTarget ? target.Exp() : target) * (logarithm - input)).Reduce(reduction);
    }
}
