namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>d² / 2 for differences d up to delta, delta·(d − delta/2) for larger ones.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor HuberLoss(this Tensor input, Tensor target, double delta = 1, Reduction reduction = Reduction.Mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(delta);
        var d = (input - Matching(input, target, nameof(HuberLoss))).Abs();
        return (d <= delta).Where(d.Square() * 0.5, (d - 0.5 * delta) * delta).Reduce(reduction);
    }
}
