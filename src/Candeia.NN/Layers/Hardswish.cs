namespace Candeia.NN;

/// <summary>x·hardsigmoid(x).</summary>
public sealed class Hardswish : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Hardswish();
}
