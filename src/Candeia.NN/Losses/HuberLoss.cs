namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>d² / 2 for differences d up to delta, delta·(d − delta/2) for larger ones.</summary>
    /// <param name="input">What the network says, of any shape.</param>
    /// <param name="target">What is right, in the same shape.</param>
    /// <param name="delta">Up to which difference the loss is that of squares; beyond it grows evenly, so that outliers count less.</param>
    /// <param name="reduction">What becomes of the single losses: their mean, unless given.</param>
    /// <param name="weight">How much each counts, in the shape of the input or in one that stretches to it; a mean is then the weighted one.</param>
    /// <returns>A single number, or a loss for each element with <see cref="Reduction.None"/>.</returns>
    /// <exception cref="ShapeException">The shapes differ, or the weights do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">delta is not above 0.</exception>
    /// <example><code>
    /// Tensor y = [[1.0], [2]], target = [[1.0], [5]];
    /// Console.WriteLine(y.HuberLoss(target).Item());      // → 1.25
    /// </code></example>
    public static Tensor HuberLoss(this Tensor input, Tensor target, double delta = 1, Reduction reduction = Reduction.Mean, Tensor? weight = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(delta);
        var d = (input - Matching(input, target, nameof(HuberLoss))).Abs();
        return (d <= delta).Where(d.Square() * 0.5, (d - 0.5 * delta) * delta).Reduce(reduction, weight);
    }
}
