namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The values, none below <paramref name="min"/> or above <paramref name="max"/>; gradients stop outside.</summary>
    public static Tensor Clamp(this Tensor x, double? min = null, double? max = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (min is { } low) x = (x < low).Where(Tensor.Scalar(low, x.DType, x.Device), x);
        if (max is { } high) x = (x > high).Where(Tensor.Scalar(high, x.DType, x.Device), x);
        return x;
    }
}
