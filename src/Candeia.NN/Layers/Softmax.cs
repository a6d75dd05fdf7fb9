namespace Candeia.NN;

/// <summary>eˣ / Σ eˣ along a dimension.</summary>
/// <param name="dim">The dimension that sums to 1.</param>
public sealed class Softmax(int dim) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Softmax(dim);
}
