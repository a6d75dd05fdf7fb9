namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>The absolute differences.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor L1Loss(this Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
        (input - Matching(input, target, nameof(L1Loss))).Abs().Reduce(reduction);
}
