namespace Candeia.NN;

/// <summary>x where it is positive, α·(eˣ − 1) elsewhere.</summary>
/// <param name="alpha">How far below 0 the result goes: very negative numbers become −α.</param>
public sealed class ELU(double alpha = 1) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Elu(alpha);
}
