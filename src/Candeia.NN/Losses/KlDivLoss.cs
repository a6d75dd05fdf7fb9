namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>
    /// The divergence of Kullback and Leibler, target·(log target − input). Its definition sums over the classes: use <see
    /// cref="Reduction.BatchMean"/>.
    /// </summary>
    /// <param name="input">Log probabilities.</param>
    /// <param name="target">Probabilities, or their logarithms.</param>
    /// <param name="logTarget">Whether the target holds logarithms.</param>
    /// <param name="reduction">What becomes of the single losses; PyTorch's default, the mean over all elements, unless given.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor KlDivLoss(this Tensor input, Tensor target, bool logTarget = false, Reduction reduction = Reduction.Mean)
    {
        target = Matching(input, target, nameof(KlDivLoss));
        var logarithm = logTarget ? target : target.MaskedFill(target <= 0, 1).Log();
        return ((logTarget ? target.Exp() : target) * (logarithm - input)).Reduce(reduction);
    }
}
