namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>The squared differences.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor MseLoss(this Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
        (input - Matching(input, target, nameof(MseLoss))).Square().Reduce(reduction);
}
