namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>d² / (2·beta) for differences d below beta, d − beta/2 for larger ones.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor SmoothL1Loss(this Tensor input, Tensor target, double beta = 1, Reduction reduction = Reduction.Mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(beta);
        var d = (input - Matching(input, target, nameof(SmoothL1Loss))).Abs();
        return (beta == 0 ? d : (d < beta).Where(d.Square() * (0.5 / beta), d - 0.5 * beta)).Reduce(reduction);
    }
}
