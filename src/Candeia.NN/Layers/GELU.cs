namespace Candeia.NN;

/// <summary>x·Φ(x).</summary>
/// <param name="approximation">Exact, or by the hyperbolic tangent, as GPT-2 and others were trained with.</param>
public sealed class GELU(GeluApproximation approximation = GeluApproximation.None) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Gelu(approximation);
}
