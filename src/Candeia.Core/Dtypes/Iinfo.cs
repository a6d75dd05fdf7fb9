namespace Candeia;

/// <summary>The range of a type of whole numbers, as <see href="https://pytorch.org/docs/stable/type_info.html">torch.iinfo</see> gives it.</summary>
/// <param name="DType">The type.</param>
/// <param name="Bits">Bits per element.</param>
/// <param name="Min">The smallest number.</param>
/// <param name="Max">The largest number.</param>
public sealed record Iinfo(DType DType, int Bits, long Min, long Max)
{
    /// <summary>The range of a type.</summary>
    /// <exception cref="ArgumentException">It is no type of whole numbers.</exception>
    public static Iinfo Of(DType dtype)
    {
        if (!dtype.IsInteger()) throw new ArgumentException($"{dtype} is no type of whole numbers; see Finfo for those with fractions.", nameof(dtype));
        int bits = 8 * dtype.Size();
        return dtype == DType.UInt8 ? new(dtype, bits, byte.MinValue, byte.MaxValue) : new(dtype, bits, long.MinValue >> (64 - bits), long.MaxValue >> (64 - bits));
    }

    /// <summary>The number of this type that is nearest to a whole number.</summary>
    internal long Nearest(double value) => value <= Min ? Min : value >= Max ? Max : (long)value;
}
