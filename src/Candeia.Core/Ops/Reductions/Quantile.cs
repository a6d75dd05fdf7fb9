using System.Globalization;

namespace Candeia;

/// <summary>What a quantile is that lies between two elements.</summary>
public enum QuantileInterpolation
{
    /// <summary>As far between both as the quantile.</summary>
    Linear,
    /// <summary>The lower one.</summary>
    Lower,
    /// <summary>The higher one.</summary>
    Higher,
    /// <summary>Their mean.</summary>
    Midpoint,
    /// <summary>The nearer one; in the middle, that of even number.</summary>
    Nearest,
}

public static partial class TensorOps
{
    /// <summary>What a part <paramref name="q"/> of the elements along a dimension (of all, if none is named) is not larger than; not a number where one is not.</summary>
    /// <param name="x">Floating-point numbers.</param>
    /// <param name="q">From 0 (the smallest) to 1 (the largest): a number, or a vector, whose quantiles come along a new first dimension. Read on the host.</param>
    /// <param name="dim">The dimension.</param>
    /// <param name="keepDim">Whether the dimension stays with size 1.</param>
    /// <param name="interpolation">What a quantile between two elements is.</param>
    /// <exception cref="ArgumentException">The elements have no fractions, or a quantile is not between 0 and 1, or of another type.</exception>
    /// <exception cref="ShapeException">There are no elements, or more than a vector of quantiles.</exception>
    /// <example><code>Tensor x = [1.0, 2, 3, 4]; var y = x.Quantile(0.5);               // 2.5</code></example>
    public static Tensor Quantile(this Tensor x, Tensor q, int? dim = null, bool keepDim = false, QuantileInterpolation interpolation = QuantileInterpolation.Linear) =>
        Quantile(x, q, dim, keepDim, interpolation, ignoreNaN: false);

    /// <summary>What a part <paramref name="q"/> of the numbers along a dimension (of all, if none is named) is not larger than; not-a-number is left out.</summary>
    /// <param name="x">Floating-point numbers.</param>
    /// <param name="q">From 0 (the smallest) to 1 (the largest): a number, or a vector, whose quantiles come along a new first dimension. Read on the host.</param>
    /// <param name="dim">The dimension.</param>
    /// <param name="keepDim">Whether the dimension stays with size 1.</param>
    /// <param name="interpolation">What a quantile between two elements is.</param>
    /// <exception cref="ArgumentException">The elements have no fractions, or a quantile is not between 0 and 1, or of another type.</exception>
    /// <exception cref="ShapeException">There are no elements, or more than a vector of quantiles.</exception>
    /// <example><code>Tensor x = [1, double.NaN, 3]; var y = x.NanQuantile(0.5);        // 2</code></example>
    public static Tensor NanQuantile(this Tensor x, Tensor q, int? dim = null, bool keepDim = false, QuantileInterpolation interpolation = QuantileInterpolation.Linear) =>
        Quantile(x, q, dim, keepDim, interpolation, ignoreNaN: true);

    static Tensor Quantile(Tensor x, Tensor q, int? dim, bool keepDim, QuantileInterpolation interpolation, bool ignoreNaN)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(q);
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"Quantiles of {x.DType} are not defined; convert with To(DType.{Tensor.DefaultDType}).");
        if (q.Rank > 1) throw new ShapeException($"Quantiles are a number or a vector of numbers, not {q.Shape}.");
        Alike(x, q, nameof(Quantile));
        double[] parts = q.ToArray<double>();
        if (Array.FindIndex(parts, p => p is not (>= 0 and <= 1)) is >= 0 and int wrong) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Quantiles are numbers from 0 to 1, which {parts[wrong]} is not."));
        int rank = x.Rank;
        int[] whole = new int[rank];
        Array.Fill(whole, 1);
        int d = dim is { } named ? x.Shape.Dim(named) : -1;
        using var between = Between.Of(x);
        var lines = d < 0 ? x.Flatten() : x.Rank == 0 ? x.Reshape(1) : x.Movedim(d, -1);
        if (lines.Shape[^1] == 0) throw new ShapeException($"There are no elements in {x.Shape}, and so no quantiles.");
        var sorted = lines.Sort(-1).Values;                                  // not-a-number stands last
        var shape = sorted.Shape.With(sorted.Rank - 1, parts.Length);
        Tensor ranks, last = Tensor.Scalar(sorted.Shape[^1] - 1, DType.Float64, x.Device), wanted = Tensor.From(parts, device: x.Device);
        using (Autograd.NoGrad())
        {
            if (ignoreNaN) ranks = (wanted * (sorted.Eq(sorted).Sum([-1], keepDim: true) - 1).To(DType.Float64)).Clamp(min: 0);
            else ranks = sorted.Narrow(-1, sorted.Shape[^1] - 1, 1).IsNaN().Where(last, wanted * last);
            if (interpolation == QuantileInterpolation.Nearest) ranks = ranks.Round();
            ranks = ranks.Expand(shape);
        }
        Tensor At(Tensor position) => sorted.Gather(-1, position.To(DType.Int64));
        var y = interpolation switch
        {
            QuantileInterpolation.Lower or QuantileInterpolation.Nearest => At(ranks.Floor()),
            QuantileInterpolation.Higher => At(ranks.Ceil()),
            QuantileInterpolation.Midpoint => At(ranks.Floor()).Lerp(At(ranks.Ceil()), 0.5),
            _ => At(ranks.Floor()).Lerp(At(ranks.Ceil()), ranks.Frac().To(x.DType)),
        };
        y = y.Movedim(-1, 0);                                                // [quantiles, lines …]
        if (keepDim && rank > 0) y = d < 0 ? y.Reshape([parts.Length, .. whole]) : y.Unsqueeze(d + 1);
        return between.Keep(q.Rank == 0 ? y.Squeeze(0) : y);
    }
}
