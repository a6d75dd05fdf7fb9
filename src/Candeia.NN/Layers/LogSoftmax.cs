namespace Candeia.NN;

/// <summary>The logarithm of the softmax along a dimension.</summary>
/// <param name="dim">The dimension whose probabilities add up to 1: usually the last, −1, where the classes stand.</param>
public sealed class LogSoftmax(int dim) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.LogSoftmax(dim);
}
