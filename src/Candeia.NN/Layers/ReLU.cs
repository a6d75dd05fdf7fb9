namespace Candeia.NN;

/// <summary>max(x, 0), for <see cref="Sequential"/>.</summary>
public sealed class ReLU : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Relu();
}
