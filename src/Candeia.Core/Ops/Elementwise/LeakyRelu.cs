namespace Candeia;

public static partial class TensorOps
{
    /// <summary>x where it is positive, slope·x elsewhere, element by element.</summary>
    public static Tensor LeakyRelu(this Tensor x, double slope = 0.01)
    {
        ArgumentNullException.ThrowIfNull(x);
        return (x > 0).Where(x, x * slope);
    }
}
