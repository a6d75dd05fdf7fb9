namespace Candeia.Data;

/// <summary>What a supervised data set has as an item: an input, what is to be predicted, and a name to find it again.</summary>
public sealed record Sample(Tensor X, Tensor Y, string Id = "")
{
    /// <summary>Input and target alone.</summary>
    public void Deconstruct(out Tensor x, out Tensor y) => (x, y) = (X, Y);
}
