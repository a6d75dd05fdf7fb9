namespace Candeia.NN;

/// <summary>Divides a dimension into several.</summary>
/// <param name="dim">The dimension.</param>
/// <param name="sizes">What becomes of it.</param>
public sealed class Unflatten(int dim, Shape sizes) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) =>
        x.Reshape([.. x.Shape.Take(dim < 0 ? dim + x.Rank : dim), .. sizes, .. x.Shape.Skip((dim < 0 ? dim + x.Rank : dim) + 1)]);
}
