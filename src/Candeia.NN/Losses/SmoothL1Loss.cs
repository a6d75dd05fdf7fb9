namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>d² / (2·beta) for differences d below beta, d − beta/2 for larger ones.</summary>
    /// <param name="input">What the network says, of any shape.</param>
    /// <param name="target">What is right, in the same shape.</param>
    /// <param name="beta">Below which difference the loss is that of squares; 0 makes it <see cref="L1Loss"/>.</param>
    /// <param name="reduction">What becomes of the single losses: their mean, unless given.</param>
    /// <returns>A single number, or a loss for each element with <see cref="Reduction.None"/>.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <example><code>
    /// Tensor y = [[1.0], [2]], target = [[1.0], [5]];
    /// Console.WriteLine(y.SmoothL1Loss(target).Item());      // → 1.25
    /// </code></example>
    public static Tensor SmoothL1Loss(this Tensor input, Tensor target, double beta = 1, Reduction reduction = Reduction.Mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(beta);
        var d = (input - Matching(input, target, nameof(SmoothL1Loss))).Abs();
        return (beta == 0 ? d : (d < beta).Where(d.Square() * (0.5 / beta), d - 0.5 * beta)).Reduce(reduction);
    }
}
