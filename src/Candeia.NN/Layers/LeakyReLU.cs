namespace Candeia.NN;

/// <summary>x where it is positive, slope·x elsewhere.</summary>
/// <param name="slope">The slope of the negative side.</param>
public sealed class LeakyReLU(double slope = 0.01) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details => $"{slope}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.LeakyRelu(slope);
}
