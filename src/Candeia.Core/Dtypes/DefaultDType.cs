namespace Candeia;

public sealed partial class Tensor
{
    static DType s_default = DType.Float32;
    [ThreadStatic] static DType? t_default;

    /// <summary>
    /// The floating-point type of tensors for which none is named, and of whole numbers that meet fractions: float32 unless it is set, for all threads, or by
    /// <see cref="WithDefaultDType"/> for this one.
    /// </summary>
    /// <exception cref="ArgumentException">Set to a type that has no fractions.</exception>
    public static DType DefaultDType
    {
        get => t_default ?? s_default;
        set => s_default = Fractions(value);
    }

    /// <summary>
    /// Sets <see cref="DefaultDType"/> on this thread until the result is disposed of: <c>using var _ = Tensor.WithDefaultDType(DType.Float64);</c>
    /// </summary>
    /// <param name="dtype">The type of tensors for which none is named: one with fractions.</param>
    /// <exception cref="ArgumentException">The type has no fractions.</exception>
    /// <example><code>
    /// using var mode = Tensor.WithDefaultDType(DType.Float64);
    /// Console.WriteLine(Tensor.Zeros([2]).DType);      // → Float64
    /// </code></example>
    public static DTypeMode WithDefaultDType(DType dtype) => new(Fractions(dtype));

    static DType Fractions(DType dtype) => dtype.IsFloatingPoint() ? dtype : throw new ArgumentException($"The default type is a floating-point one, not {dtype}.", nameof(dtype));

    /// <summary>A default type of this thread that ends with <see cref="Dispose"/>.</summary>
    public readonly ref struct DTypeMode
    {
        readonly DType? _before;

        internal DTypeMode(DType dtype)
        {
            _before = t_default;
            t_default = dtype;
        }

        /// <summary>Restores what was set before.</summary>
        public void Dispose() => t_default = _before;
    }
}
