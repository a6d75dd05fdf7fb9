namespace Candeia.NN;

/// <summary>x·sigmoid(x).</summary>
public sealed class SiLU : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Silu();
}
