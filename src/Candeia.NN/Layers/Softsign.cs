namespace Candeia.NN;

/// <summary>x / (1 + |x|).</summary>
public sealed class Softsign : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Softsign();
}
