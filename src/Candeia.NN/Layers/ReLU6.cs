namespace Candeia.NN;

/// <summary>min(max(x, 0), 6).</summary>
public sealed class ReLU6 : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Relu6();
}
