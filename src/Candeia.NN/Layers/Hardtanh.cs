namespace Candeia.NN;

/// <summary>x between two bounds, the bounds outside.</summary>
/// <param name="min">The lower bound.</param>
/// <param name="max">The upper bound.</param>
public sealed class Hardtanh(double min = -1, double max = 1) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Hardtanh(min, max);
}
