namespace Candeia;

public static partial class TensorOps
{
    /// <summary>x·sigmoid(x), also called swish, element by element.</summary>
    public static Tensor Silu(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x * x.Sigmoid();
    }
}
