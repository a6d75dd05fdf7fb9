namespace Candeia.NN;

/// <summary>x·tanh(softplus(x)).</summary>
public sealed class Mish : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Mish();
}
