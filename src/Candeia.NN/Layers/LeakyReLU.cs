namespace Candeia.NN;

/// <summary>x where it is positive, slope·x elsewhere.</summary>
/// <param name="slope">How much of a negative number passes; 0.01 is usual.</param>
public sealed class LeakyReLU(double slope = 0.01) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details => $"{slope}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.LeakyRelu(slope);
}
