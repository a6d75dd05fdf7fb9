namespace Candeia.NN;

/// <summary>log(1 + e^(βx)) / β.</summary>
/// <param name="beta">β.</param>
public sealed class Softplus(double beta = 1) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Softplus(beta);
}
