namespace Candeia;

/// <summary>How many elements lie in each of equal spaces between two numbers, in their own type.</summary>
/// <param name="Bins">How many spaces.</param>
/// <param name="Min">Where the first begins.</param>
/// <param name="Max">Where the last ends; this number itself is counted in it.</param>
public sealed record HistcOp(int Bins, double Min, double Max) : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Applies the op to floating-point numbers.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Run([Bins], x.DType, x);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => SearchCalls.Count(x[0], Min, Max, outputs[0]);
}

/// <summary>How often each whole number from 0 on occurs.</summary>
/// <param name="Length">How many numbers are counted: none of the elements reaches this.</param>
public sealed record BinCountOp(int Length) : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Counts the elements.</summary>
    /// <param name="x">Whole numbers from 0 to below <see cref="Length"/>.</param>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Run([Length], DType.Int64, WholeBinaryOp.Whole(Name, x.DType) == DType.Bool ? x.To(DType.Int64) : x);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => SearchCalls.Count(x[0], outputs[0]);
}

public static partial class TensorOps
{
    /// <summary>How many elements lie in each of equal spaces between two numbers, in their own type; what lies outside is not counted.</summary>
    /// <param name="x">Floating-point numbers.</param>
    /// <param name="bins">How many spaces.</param>
    /// <param name="min">Where the first begins.</param>
    /// <param name="max">Where the last ends. If both are equal, the smallest and the largest element are taken, which are read.</param>
    /// <exception cref="ArgumentException">The elements have no fractions, or the ends are not finite or not in order.</exception>
    /// <example><code>Tensor x = [1.0, 2, 2.5, 4]; var y = x.Histc(3, 1, 4);            // [1, 2, 1]</code></example>
    public static Tensor Histc(this Tensor x, int bins = 100, double min = 0, double max = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"Histc counts floating-point numbers, not {x.DType}; BinCount counts whole numbers.");
        (min, max) = Ends(x, min, max);
        return new HistcOp(bins, min, max).Apply(x);
    }

    /// <summary>The ends of a range; those of the elements where it has no length, and one more where these have none.</summary>
    static (double Min, double Max) Ends(Tensor x, double min, double max)
    {
        if (min == max && x.Numel > 0) (min, max) = (x.Detach().Min().Item(), x.Detach().Max().Item());
        if (min == max) (min, max) = (min - 1, max + 1);
        if (!double.IsFinite(min) || !double.IsFinite(max)) throw new ArgumentException($"A range from {min} to {max} is not finite; name one.");
        return min < max ? (min, max) : throw new ArgumentException($"A range does not begin at {min} and end at {max}.");
    }

    /// <summary>How often each of the numbers 0, 1, … occurs in a vector of whole numbers, as int64; or the sums of their weights. Reads the largest.</summary>
    /// <param name="x">Whole numbers from 0 on.</param>
    /// <param name="weights">A weight for each.</param>
    /// <param name="minLength">How many numbers are counted at least.</param>
    /// <exception cref="ArgumentException">The elements are no whole numbers from 0 on, or there is not a weight for each.</exception>
    /// <example><code>Tensor x = [1, 3, 1]; var y = x.BinCount();                       // [0, 2, 0, 1]</code></example>
    public static Tensor BinCount(this Tensor x, Tensor? weights = null, int minLength = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegative(minLength);
        if (x.Rank != 1 || !x.DType.IsInteger()) throw new ArgumentException($"BinCount counts a vector of whole numbers, not {x.DType} {x.Shape}.");
        if (weights is not null && weights.Shape != x.Shape) throw new ShapeException($"There is not a weight for each of {x.Shape} in {weights.Shape}.");
        long most = x.Numel == 0 ? -1 : (long)x.Max();
        if (x.Numel > 0 && (long)x.Min() is < 0 and var least) throw new ArgumentException($"BinCount counts numbers from 0 on, not {least}.");
        int length = checked((int)Math.Max(minLength, most + 1));
        if (weights is null) return new BinCountOp(length).Apply(x);
        var dtype = weights.DType == DType.Float32 ? DType.Float32 : DType.Float64;
        return Tensor.Zeros([length], dtype, x.Device).ScatterAdd(0, x, weights.Detach().To(dtype));
    }

    /// <summary>How many elements lie between neighbours of a vector of boundaries, and these: the last space includes its upper end.</summary>
    /// <param name="x">Floating-point numbers.</param>
    /// <param name="boundaries">A sorted vector.</param>
    /// <param name="weights">A weight for each element, whose sums are given in place of numbers.</param>
    /// <param name="density">Whether the counts are divided so that the area is 1.</param>
    /// <exception cref="ArgumentException">The elements have no fractions.</exception>
    /// <exception cref="ShapeException">There are not at least two boundaries, or not a weight for each element.</exception>
    /// <example><code>Tensor x = [0.5, 1.5, 3]; var (counts, ends) = x.Histogram([0.0, 1, 3]);  // [1, 2] and [0, 1, 3]</code></example>
    public static (Tensor Counts, Tensor Boundaries) Histogram(this Tensor x, Tensor boundaries, Tensor? weights = null, bool density = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(boundaries);
        if (boundaries.Rank != 1) throw new ShapeException($"Boundaries are a vector, not {boundaries.Shape}.");
        var (counts, ends) = x.Reshape((int)x.Numel, 1).HistogramDD([boundaries], weights?.Flatten(), density);
        return (counts, ends[0]);
    }

    /// <summary>How many elements lie in each of equal spaces, and the boundaries of these: the last space includes its upper end.</summary>
    /// <param name="x">Floating-point numbers.</param>
    /// <param name="bins">How many spaces.</param>
    /// <param name="range">Where the first begins and the last ends; the smallest and the largest element, if not named.</param>
    /// <param name="weights">A weight for each element, whose sums are given in place of numbers.</param>
    /// <param name="density">Whether the counts are divided so that the area is 1.</param>
    /// <exception cref="ArgumentException">The elements have no fractions, or the range is none.</exception>
    /// <example><code>Tensor x = [1.0, 2, 2.5, 4]; var (counts, ends) = x.Histogram(3);    // [1, 2, 1] and [1, 2, 3, 4]</code></example>
    public static (Tensor Counts, Tensor Boundaries) Histogram(this Tensor x, int bins, (double Min, double Max)? range = null, Tensor? weights = null, bool density = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"Histogram counts floating-point numbers, not {x.DType}; BinCount counts whole numbers.");
        var (min, max) = Ends(x, range?.Min ?? 0, range?.Max ?? 0);
        return x.Histogram(Tensor.Linspace(min, max, bins + 1, x.DType, x.Device), weights, density);
    }

    /// <summary>How many points lie in each cell of a grid, and its boundaries along each dimension: the last cells include their upper ends.</summary>
    /// <param name="x">Points, a row for each: [points, dimensions].</param>
    /// <param name="boundaries">A sorted vector for each dimension.</param>
    /// <param name="weights">A weight for each point, whose sums are given in place of numbers.</param>
    /// <param name="density">Whether the counts are divided so that the volume is 1.</param>
    /// <exception cref="ArgumentException">The elements have no fractions.</exception>
    /// <exception cref="ShapeException">There are not at least two boundaries for each dimension, or not a weight for each point.</exception>
    /// <example><code>Tensor x = [[0.5, 0.5], [1.5, 0.2]]; var (counts, ends) = x.HistogramDD([[0.0, 1, 2], [0.0, 1]]);  // [[1], [1]]</code></example>
    public static (Tensor Counts, Tensor[] Boundaries) HistogramDD(this Tensor x, ReadOnlySpan<Tensor> boundaries, Tensor? weights = null, bool density = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"Histograms count floating-point numbers, not {x.DType}; BinCount counts whole numbers.");
        if (x.Rank != 2 || x.Shape[1] != boundaries.Length) throw new ShapeException($"Points in {boundaries.Length} dimensions are not those of {x.Shape}.");
        if (weights is not null && weights.Shape != x.Shape[..1]) throw new ShapeException($"There is not a weight for each of {x.Shape[0]} points in {weights.Shape}.");
        x = x.Detach();
        Tensor cell = Tensor.Zeros([x.Shape[0]], DType.Int64, x.Device), inside = Tensor.Ones([x.Shape[0]], DType.Bool, x.Device), volume = Tensor.Scalar(1, x.DType, x.Device);
        var ends = boundaries.ToArray();
        int[] sizes = new int[ends.Length];
        for (int d = 0; d < ends.Length; d++)
        {
            ends[d] = ends[d].To(x.DType).To(x.Device);
            if (ends[d].Rank != 1 || ends[d].Shape[0] < 2) throw new ShapeException($"Cells lie between at least two boundaries, not {ends[d].Shape}.");
            sizes[d] = ends[d].Shape[0] - 1;
            Tensor value = x.Select(1, d), first = ends[d][0], last = ends[d][^1];
            inside &= (value >= first) & (value <= last);
            cell = cell * sizes[d] + (value.Bucketize(ends[d], right: true) - 1).Clamp(0, sizes[d] - 1);
            volume = volume.Unsqueeze(-1) * ends[d].Diff();
        }
        var each = (weights ?? Tensor.Scalar(1, x.DType, x.Device)).Detach().To(x.DType);
        var counts = Tensor.Zeros([checked((int)Shape.Create(sizes).Numel)], x.DType, x.Device).ScatterAdd(0, cell, inside.Where(each, 0)).Reshape(sizes);
        return (density ? counts / (counts.Sum() * volume) : counts, ends);
    }
}
