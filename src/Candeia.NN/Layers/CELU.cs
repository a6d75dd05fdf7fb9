namespace Candeia.NN;

/// <summary>max(x, 0) + min(0, α·(e^(x/α) − 1)).</summary>
/// <param name="alpha">How far below 0 the result goes, and how slowly: very negative numbers become −α.</param>
public sealed class CELU(double alpha = 1) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Celu(alpha);
}
