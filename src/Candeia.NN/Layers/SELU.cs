namespace Candeia.NN;

/// <summary>The self-normalizing ELU.</summary>
public sealed class SELU : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Selu();
}
