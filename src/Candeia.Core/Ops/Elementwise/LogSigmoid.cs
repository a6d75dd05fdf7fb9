namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The logarithm of the sigmoid, without overflow, element by element.</summary>
    public static Tensor LogSigmoid(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Minimum(0) - (-x.Abs()).Exp().Log1p();
    }
}
