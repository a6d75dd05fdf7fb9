namespace Candeia.Training;

/// <summary>Mixes every sample with another of its batch: λ·x + (1 − λ)·x′ (<see href="https://arxiv.org/abs/1710.09412">Zhang et al., 2018</see>).</summary>
/// <param name="alpha">λ is drawn from Beta(α, α) for each batch: near 0 or 1 for a small α, evenly for 1.</param>
/// <param name="seed">Governs what is mixed; together with the number of the step, nothing else does.</param>
public sealed class MixUp(double alpha = 0.4, ulong seed = 0) : Mixing(alpha, seed)
{
    private protected override (Tensor X, double Share) Mix(Tensor x, Tensor partner, double share, Generator random) => (x * share + partner * (1 - share), share);
}
