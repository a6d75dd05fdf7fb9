namespace Candeia.NN;

/// <summary>The logarithm of the softmax along a dimension.</summary>
/// <param name="dim">The dimension whose exponentials sum to 1.</param>
public sealed class LogSoftmax(int dim) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.LogSoftmax(dim);
}
