namespace Candeia.NN;

/// <summary>Divides a dimension into several: dimension 1 of [n, 12] by [3, 4] is [n, 3, 4].</summary>
/// <param name="dim">The dimension that is divided; −1 is the last.</param>
/// <param name="sizes">The sizes that it becomes; their product is its own.</param>
public sealed class Unflatten(int dim, Shape sizes) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) =>
        x.Reshape([.. x.Shape.Take(dim < 0 ? dim + x.Rank : dim), .. sizes, .. x.Shape.Skip((dim < 0 ? dim + x.Rank : dim) + 1)]);
}
