namespace Candeia.Training;

/// <summary>Mixes every sample with another of its batch: λ·x + (1 − λ)·x′ (<see href="https://arxiv.org/abs/1710.09412">Zhang et al., 2018</see>).</summary>
/// <remarks>For a loop of one's own there are <see cref="Of"/> and <see cref="LossOf"/>, which the callback uses itself.</remarks>
/// <param name="alpha">λ is drawn from Beta(α, α) for each batch: near 0 or 1 for a small α, evenly for 1.</param>
/// <param name="seed">Governs what is mixed; together with the number of the step, nothing else does.</param>
/// <param name="inValidation">Whether validation is computed on mixtures too, the same after each epoch; on the samples as they are, unless it is said.</param>
public sealed class MixUp(double alpha = 0.4, ulong seed = 0, bool inValidation = false) : Mixing(alpha, seed, inValidation)
{
    /// <summary>Every part of a tensor along the first dimension mixed with another one: λ·x + (1 − λ)·x[order].</summary>
    /// <param name="x">Inputs, or targets that are numbers, [n, …].</param>
    /// <param name="order">With which part each is mixed, [n].</param>
    /// <param name="share">λ, the share of the part itself, from 0 to 1.</param>
    public static Tensor Of(Tensor x, Tensor order, double share)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x * Checked(share) + x.IndexSelect(0, order) * (1 - share);
    }

    /// <summary>The loss for mixed inputs, against the targets of both: λ·loss(y, t) + (1 − λ)·loss(y, t[order]). Right for class indices too.</summary>
    /// <param name="loss">The loss for samples as they are.</param>
    /// <param name="order">With which sample each was mixed, [n].</param>
    /// <param name="share">λ, the share of the sample itself, from 0 to 1.</param>
    public static Loss LossOf(Loss loss, Tensor order, double share)
    {
        ArgumentNullException.ThrowIfNull(loss);
        Checked(share);
        return (output, target) => loss(output, target) * share + loss(output, target.IndexSelect(0, order)) * (1 - share);
    }

    private protected override (Tensor X, double Share) Mix(Tensor x, Tensor order, double share, Generator random) => (Of(x, order, share), share);

    static double Checked(double share) => share is >= 0 and <= 1 ? share : throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies between 0 and 1.");
}
