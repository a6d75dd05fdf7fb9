namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>The squared differences, averaged: the usual loss where numbers are predicted.</summary>
    /// <param name="input">What the network says, of any shape.</param>
    /// <param name="target">What is right, in the same shape.</param>
    /// <param name="reduction">What becomes of the single losses: their mean, unless given.</param>
    /// <param name="weight">How much each counts, in the shape of the input or in one that stretches to it; a mean is then the weighted one.</param>
    /// <returns>A single number, or a loss for each element with <see cref="Reduction.None"/>.</returns>
    /// <exception cref="ShapeException">The shapes differ, or the weights do not fit.</exception>
    /// <example><code>
    /// Tensor y = [[1.0], [2]], target = [[1.0], [5]];
    /// Console.WriteLine(y.MseLoss(target).Item());      // → 4.5
    /// </code></example>
    public static Tensor MseLoss(this Tensor input, Tensor target, Reduction reduction = Reduction.Mean, Tensor? weight = null) =>
        (input - Matching(input, target, nameof(MseLoss))).Square().Reduce(reduction, weight);
}
