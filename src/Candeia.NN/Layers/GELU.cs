namespace Candeia.NN;

/// <summary>x·Φ(x).</summary>
/// <param name="approximation">How Φ is computed.</param>
public sealed class GELU(GeluApproximation approximation = GeluApproximation.None) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Gelu(approximation);
}
