namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>
    /// The binary cross entropy of probabilities; logarithms are kept above −100. From scores, <see cref="BceWithLogitsLoss"/> is more exact.
    /// </summary>
    /// <param name="input">Probabilities.</param>
    /// <param name="target">0 or 1, or what lies between.</param>
    /// <param name="weight">A factor for each element; broadcasts to the input.</param>
    /// <param name="reduction">What becomes of the single losses.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
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
