namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>
    /// The binary cross entropy of probabilities; logarithms are kept above −100. From scores, <see cref="BceWithLogitsLoss"/> is more exact.
    /// </summary>
    /// <param name="input">Probabilities from 0 to 1, of any shape.</param>
    /// <param name="target">0 or 1, or what lies between, in the same shape.</param>
    /// <param name="weight">A factor for each element, which stretches to the shape of the input; 1, if nothing is given.</param>
    /// <param name="reduction">What becomes of the single losses: their mean, unless given.</param>
    /// <returns>A single number, or a loss for each element with <see cref="Reduction.None"/>.</returns>
    /// <exception cref="ShapeException">The shapes differ, or the weight does not fit.</exception>
    /// <example><code>
    /// Tensor y = [0.5, 0.5], target = [0.0, 1];
    /// Console.WriteLine($"{y.BceLoss(target).Item():F4}");      // → 0.6931
    /// </code></example>
    public static Tensor BceLoss(this Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
    {
        target = Matching(input, target, nameof(BceLoss));
        return Weighted(new BinaryCrossEntropyOp().Apply(input, target), weight).Reduce(reduction);
    }

    static Tensor Weighted(Tensor losses, Tensor? weight)
    {
        if (weight is null) return losses;
        if (Shape.Broadcast(losses.Shape, weight.Shape) != losses.Shape)
            throw new ShapeException($"A weight {weight.Shape} does not fit losses {losses.Shape}.");
        return losses * weight.To(losses.DType);
    }
}
