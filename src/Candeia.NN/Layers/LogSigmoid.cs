namespace Candeia.NN;

/// <summary>The logarithm of the sigmoid.</summary>
public sealed class LogSigmoid : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.LogSigmoid();
}
