namespace Candeia;

public static partial class TensorOps
{
    /// <summary>max(x, 0) + min(0, α·(e^(x/α) − 1)), element by element.</summary>
    public static Tensor Celu(this Tensor x, double alpha = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        return (x > 0).Where(x, (x.Clamp(max: 0) / alpha).Expm1() * alpha);
    }
}
