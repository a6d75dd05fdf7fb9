namespace Candeia;

public static partial class TensorOps
{
    /// <summary>
    /// The values, none below <paramref name="min"/> or above <paramref name="max"/>; gradients stop outside. Whole numbers stay whole unless a bound has a
    /// fraction, then the result is of <see cref="Tensor.DefaultDType"/>.
    /// </summary>
    public static Tensor Clamp(this Tensor x, double? min = null, double? max = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (min is { } low) x = x.Bounded(low, (x, bound) => x < bound);
        if (max is { } high) x = x.Bounded(high, (x, bound) => x > bound);
        return x;
    }

    static Tensor Bounded(this Tensor x, double bound, Func<Tensor, Tensor, Tensor> outside)
    {
        Tensor number = bound;
        if (!x.DType.HasGradients())
        {
            if (double.IsInteger(bound)) number = Iinfo.Of(x.DType == DType.Bool ? DType.Int64 : x.DType).Nearest(bound);
            else x = x.To(Tensor.DefaultDType);
        }
        return outside(x, number).Where(number, x);
    }
}
