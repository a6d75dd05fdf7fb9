using System.Runtime.CompilerServices;

namespace Candeia;

public static partial class TensorOps
{
    /// <summary>
    /// The values, none below <paramref name="min"/> or above <paramref name="max"/>; gradients stop outside. Whole numbers stay whole unless a bound
    /// has a fraction, then the result is of <see cref="Tensor.DefaultDType"/>.
    /// </summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <param name="min">What smaller numbers become; no bound, if nothing is given.</param>
    /// <param name="max">What larger numbers become; no bound, if nothing is given.</param>
    /// <example><code>
    /// Tensor x = [[-2, 0.5, 3]];
    /// Console.WriteLine(x.Clamp(min: 0, max: 1));
    /// // →  0.0000  0.5000  1.0000
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Clamp(this Tensor x, double? min = null, double? max = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (min is { } low) x = x.Bounded(low, (x, bound) => x < bound);
        if (max is { } high) x = x.Bounded(high, (x, bound) => x > bound);
        return x;
    }

    /// <summary>
    /// The values, none below <paramref name="min"/> or above <paramref name="max"/>, where the bounds are tensors that broadcast; where they cross, the
    /// upper one holds. A bound that is met has the gradient, and not-a-number as a bound makes that of the value.
    /// </summary>
    /// <param name="x">The values.</param>
    /// <param name="min">The lower bounds; none, if null.</param>
    /// <param name="max">The upper bounds; none, if null.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <example><code>Tensor x = [1, 5, 9], min = [2, 2, 2], max = [4, 6, 8]; var y = x.Clamp(min, max);  // [2, 5, 8]</code></example>
    [OverloadResolutionPriority(-1)]                                       // numbers are no tensors here
    public static Tensor Clamp(this Tensor x, Tensor? min, Tensor? max)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (min is not null) x = (x < min | min.IsNaN()).Where(min, x);
        if (max is not null) x = (x > max | max.IsNaN()).Where(max, x);
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
