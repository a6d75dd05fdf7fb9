namespace Candeia;

public static partial class TensorOps
{
    /// <summary>x between min and max, the bounds outside, element by element; no gradient passes at the bounds themselves, unlike in <see cref="Clamp"/>.</summary>
    public static Tensor Hardtanh(this Tensor x, double min = -1, double max = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        x = (x <= min).Where(Tensor.Scalar(min, x.DType, x.Device), x);
        return (x >= max).Where(Tensor.Scalar(max, x.DType, x.Device), x);
    }
}
