namespace Candeia;

public static partial class TensorOps
{
    /// <summary>x·tanh(softplus(x)), element by element.</summary>
    public static Tensor Mish(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x * x.Softplus().Tanh();
    }
}
