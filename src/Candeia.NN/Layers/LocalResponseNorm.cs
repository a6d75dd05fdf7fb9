namespace Candeia.NN;

/// <summary>Each number divided by a power of the mean square of its neighbours in other channels, as in AlexNet.</summary>
/// <param name="size">How many channels count as neighbours, itself among them.</param>
/// <param name="alpha">The weight of the mean square.</param>
/// <param name="beta">The exponent.</param>
/// <param name="k">What is added.</param>
public sealed class LocalResponseNorm(int size, double alpha = 1e-4, double beta = 0.75, double k = 1) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details => $"{size}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.LocalResponseNorm(size, alpha, beta, k);
}
