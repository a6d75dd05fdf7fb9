namespace Candeia.Training;

/// <summary>Mixes every sample with another of its batch: λ·x + (1 − λ)·x′ (<see href="https://arxiv.org/abs/1710.09412">Zhang et al., 2018</see>).</summary>
/// <remarks>For a loop of one's own there are <c>MixUp.Of</c> and <c>MixUp.LossOf</c>, which the callback uses itself.</remarks>
/// <param name="alpha">λ is drawn from Beta(α, α) for each batch: near 0 or 1 for a small α, evenly for 1.</param>
/// <param name="seed">Governs what is mixed; together with the number of the step, nothing else does.</param>
/// <param name="inValidation">Whether validation is computed on mixtures too, the same after each epoch; on the samples as they are, unless it is said.</param>
/// <param name="each">
/// The loss of each sample, [n]. With it, λ is drawn for each sample instead of for each batch, and the loss of the batch is the mean:
/// <c>(y, target) => y.CrossEntropyLoss(target, reduction: Reduction.None)</c>.
/// </param>
public sealed class MixUp(double alpha = 0.4, ulong seed = 0, bool inValidation = false, Loss? each = null) : Mixing(alpha, seed, inValidation)
{
    private protected override Loss? Each => each;

    private protected override Tensor Mix(Tensor x, Tensor order, Tensor shares) => Of(x, order, shares);

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

    /// <summary>Every part of a tensor along the first dimension mixed with another one, each by a share of its own: λᵢ·xᵢ + (1 − λᵢ)·x[orderᵢ].</summary>
    /// <param name="x">Inputs, or targets that are numbers, [n, …].</param>
    /// <param name="order">With which part each is mixed, [n].</param>
    /// <param name="shares">The shares of the parts themselves, from 0 to 1, [n].</param>
    public static Tensor Of(Tensor x, Tensor order, Tensor shares)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(shares);
        if (shares.Rank != 1 || x.Rank == 0 || shares.Shape[0] != x.Shape[0]) throw new ShapeException($"There is one share for each part of {x.Shape} along its first dimension, not {shares.Shape}.");
        var own = shares.To(x.DType).Reshape([x.Shape[0], .. Enumerable.Repeat(1, x.Rank - 1)]);
        return x * own + x.IndexSelect(0, order) * (1 - own);
    }

    /// <summary>The loss for inputs that were mixed each by a share of its own: the mean of λᵢ·loss(y, t)ᵢ + (1 − λᵢ)·loss(y, t[order])ᵢ.</summary>
    /// <param name="each">The loss of each sample as it is, [n].</param>
    /// <param name="order">With which sample each was mixed, [n].</param>
    /// <param name="shares">The shares of the samples themselves, from 0 to 1, [n].</param>
    public static Loss LossOf(Loss each, Tensor order, Tensor shares)
    {
        ArgumentNullException.ThrowIfNull(each);
        ArgumentNullException.ThrowIfNull(shares);
        return (output, target) =>
        {
            Tensor own = each(output, target), other = each(output, target.IndexSelect(0, order));
            if (own.Shape != shares.Shape) throw new ShapeException($"Each sample has a loss of its own, {shares.Shape}, not {own.Shape}: with Reduction.None the losses of this library give them.");
            var share = shares.To(own.DType);
            return (own * share + other * (1 - share)).Mean();
        };
    }

    private protected override (Tensor X, double Share) Mix(Tensor x, Tensor order, double share, Generator random) => (Of(x, order, share), share);

    static double Checked(double share) => share is >= 0 and <= 1 ? share : throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies between 0 and 1.");
}
