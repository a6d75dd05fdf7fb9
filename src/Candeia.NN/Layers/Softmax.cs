namespace Candeia.NN;

/// <summary>eˣ / Σ eˣ along a dimension: scores become probabilities.</summary>
/// <param name="dim">The dimension whose numbers add up to 1: usually the last, −1, where the classes stand.</param>
public sealed class Softmax(int dim) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Softmax(dim);
}
