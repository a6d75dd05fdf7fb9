namespace Candeia.NN;

/// <summary>x between two bounds, the bounds outside.</summary>
/// <param name="min">What smaller numbers become.</param>
/// <param name="max">What larger numbers become.</param>
public sealed class Hardtanh(double min = -1, double max = 1) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Hardtanh(min, max);
}
