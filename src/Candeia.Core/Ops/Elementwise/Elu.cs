namespace Candeia;

public static partial class TensorOps
{
    /// <summary>x where it is positive, α·(eˣ − 1) elsewhere, element by element.</summary>
    public static Tensor Elu(this Tensor x, double alpha = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        return (x > 0).Where(x, x.Clamp(max: 0).Expm1() * alpha);
    }
}
