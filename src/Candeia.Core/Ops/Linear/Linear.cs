namespace Candeia;

public static partial class TensorOps
{
    /// <summary>x·Wᵀ + b: [.., in] with a weight [out, in] and a bias [out] gives [.., out].</summary>
    /// <exception cref="ShapeException">The last size of the input is not the weight's.</exception>
    public static Tensor Linear(this Tensor x, Tensor weight, Tensor? bias = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        if (x.Rank == 0 || x.Shape[^1] != weight.Shape[^1])
            throw new ShapeException($"A linear layer with {weight.Shape[^1]} inputs cannot take {x.Shape}: its last size must be {weight.Shape[^1]}.");
        var y = x.MatMul(weight.T());
        return bias is null ? y : y + bias;
    }
}
