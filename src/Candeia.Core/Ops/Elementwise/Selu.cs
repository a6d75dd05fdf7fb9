namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The self-normalizing ELU, element by element.</summary>
    public static Tensor Selu(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Elu(1.6732632423543772) * 1.0507009873554805;
    }
}
