namespace Candeia;

public static partial class TensorOps
{
    /// <summary>x between min and max, the bounds outside, element by element.</summary>
    public static Tensor Hardtanh(this Tensor x, double min = -1, double max = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Clamp(min, max);
    }
}
