namespace Candeia;

public sealed partial class Tensor
{
    /// <summary>Numbers from base^start to base^end, each the same multiple of the one before.</summary>
    /// <param name="start">The exponent of the first.</param>
    /// <param name="end">The exponent of the last.</param>
    /// <param name="steps">How many.</param>
    /// <param name="logBase">The base.</param>
    /// <param name="dtype">The type; <see cref="DefaultDType"/>, if none is named.</param>
    /// <param name="device">Where the result lives.</param>
    /// <exception cref="ArgumentOutOfRangeException">There would be fewer than no numbers.</exception>
    /// <example><code>var y = Tensor.Logspace(0, 2, 3);                                 // [1, 10, 100]</code></example>
    public static Tensor Logspace(double start, double end, int steps, double logBase = 10, DType? dtype = null, Device? device = null) =>
        Number(logBase).Pow(Linspace(start, end, steps, DType.Float64, device)).To(dtype ?? DefaultDType);

    /// <summary>A tensor without values in the shape, layout and device of another, and of its type, if no other is named.</summary>
    /// <param name="other">The tensor that is imitated.</param>
    /// <param name="dtype">The type of the elements, if it shall be another.</param>
    /// <example><code>var y = Tensor.EmptyLike(Tensor.Ones([2, 3]));                    // [2, 3], with any values</code></example>
    public static Tensor EmptyLike(Tensor other, DType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Device.Empty(other.Layout.Dense(), dtype ?? other.DType);
    }

    /// <summary>A tensor without values whose elements lie at these distances in its memory.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="strides">For each dimension, how many elements further the next one is: 0 or more.</param>
    /// <param name="dtype">The type; <see cref="DefaultDType"/>, if none is named.</param>
    /// <param name="device">Where the result lives.</param>
    /// <exception cref="ArgumentException">There is not a stride for each size, or it is negative.</exception>
    /// <example><code>var y = Tensor.EmptyStrided([2, 3], [1, 2]);                      // columns lie one after the other</code></example>
    public static Tensor EmptyStrided(Shape shape, ReadOnlySpan<long> strides, DType? dtype = null, Device? device = null)
    {
        foreach (long stride in strides) if (stride < 0) throw new ArgumentException($"A stride is 0 or more, not {stride}.", nameof(strides));
        var layout = new Layout(shape, strides);
        long last = shape.Numel == 0 ? -1 : layout.Extent().Last;
        if (last >= int.MaxValue) throw new ShapeException($"A tensor {layout} needs memory for {last + 1} elements, more than a size can be.");
        return Empty([(int)last + 1], dtype, device).View(layout);
    }
}

public static partial class TensorOps
{
    /// <summary>The powers of the elements of a vector, a row for each: [n, columns], from the highest power to 1.</summary>
    /// <param name="x">A vector.</param>
    /// <param name="columns">How many powers; as many as elements, if not named.</param>
    /// <param name="increasing">Whether from 1 to the highest.</param>
    /// <exception cref="ShapeException">It is no vector.</exception>
    /// <example><code>Tensor x = [2, 3]; var y = x.Vander(3);                           // [[4, 2, 1], [9, 3, 1]]</code></example>
    public static Tensor Vander(this Tensor x, int? columns = null, bool increasing = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank != 1) throw new ShapeException($"Powers of the elements of a vector are taken, not of {x.Shape}.");
        if (columns is { } named) ArgumentOutOfRangeException.ThrowIfNegative(named, nameof(columns));
        Device.MustFit([x.Shape[0], columns ?? x.Shape[0]], x.DType);
        var powers = Tensor.Arange(0L, columns ?? x.Shape[0], device: x.Device);
        return x.Unsqueeze(1).Pow(increasing ? powers : powers.Flip(0));
    }
}
