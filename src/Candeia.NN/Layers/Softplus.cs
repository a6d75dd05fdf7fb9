namespace Candeia.NN;

/// <summary>log(1 + e^(βx)) / β: a smooth ReLU, always above 0.</summary>
/// <param name="beta">How sharply it bends at 0; large values come close to ReLU.</param>
public sealed class Softplus(double beta = 1) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Softplus(beta);
}
