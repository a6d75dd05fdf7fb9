namespace Candeia;

/// <summary>The order of the rows of a matrix, compared from their first element to their last, as int64; equal rows keep their order.</summary>
public sealed record RowOrderOp : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Applies the op to a matrix.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank != 2) throw new ShapeException($"Rows are those of a matrix, not of {x.Shape}.");
        _ = Real(x.DType);
        return Run([x.Shape[0]], DType.Int64, x);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => SearchCalls.Rows(x[0], outputs[0]);
}

public static partial class TensorOps
{
    /// <summary>The different elements in ascending order; or the different parts of a dimension. Without a gradient; reads how many there are.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dim">The dimension whose parts are compared; without one, the elements are.</param>
    /// <example><code>Tensor x = [3, 1, 3, 2]; var y = x.Unique();                      // [1, 2, 3]</code></example>
    public static Tensor Unique(this Tensor x, int? dim = null) => x.Unique(returnInverse: false, returnCounts: false, dim).Values;

    /// <summary>The different elements in ascending order, or the different parts of a dimension; which of them each is; and how often each occurs.</summary>
    /// <param name="x">Real numbers.</param>
    /// <param name="returnInverse">Whether to say, for each element or part, which of the different ones it is.</param>
    /// <param name="returnCounts">Whether to say how often each occurs.</param>
    /// <param name="dim">The dimension whose parts are compared; without one, the elements are.</param>
    /// <returns>The values; the inverse in the shape of x, or a vector; the counts. What was not asked for is null.</returns>
    /// <example><code>Tensor x = [3, 1, 3]; var (y, which, count) = x.Unique(true, true);  // [1, 3], [1, 0, 1], [1, 2]</code></example>
    public static (Tensor Values, Tensor? Inverse, Tensor? Counts) Unique(this Tensor x, bool returnInverse, bool returnCounts, int? dim = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        x = x.Detach();
        if (dim is { } named && x.Rank > 0)
        {
            int d = x.Shape.Dim(named);
            var parts = x.Movedim(d, 0);
            var order = new RowOrderOp().Apply(parts.Reshape(parts.Shape[0], RowLength(parts)));
            var (values, inverse, counts) = Runs(parts.IndexSelect(0, order), order, returnInverse, returnCounts);
            return (values.Movedim(0, d), inverse, counts);
        }
        if (Counted(x, returnInverse, returnCounts) is { } counted) return counted;
        var (sorted, from) = x.Flatten().Sort();
        var found = Runs(sorted, from, returnInverse, returnCounts);
        return (found.Values, found.Inverse?.Reshape(x.Shape.Sizes), found.Counts);
    }

    /// <summary>The elements without those that equal the one before; or the parts of a dimension. Without a gradient; reads how many there are.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dim">The dimension whose parts are compared; without one, the elements are.</param>
    /// <example><code>Tensor x = [1, 1, 2, 1]; var y = x.UniqueConsecutive();           // [1, 2, 1]</code></example>
    public static Tensor UniqueConsecutive(this Tensor x, int? dim = null) => x.UniqueConsecutive(returnInverse: false, returnCounts: false, dim).Values;

    /// <summary>The elements without those that equal the one before, or the parts of a dimension; which of them each is; and how many each stands for.</summary>
    /// <param name="x">Real numbers.</param>
    /// <param name="returnInverse">Whether to say, for each element or part, which of those that are left it is.</param>
    /// <param name="returnCounts">Whether to say how many each stands for.</param>
    /// <param name="dim">The dimension whose parts are compared; without one, the elements are.</param>
    /// <returns>The values; the inverse in the shape of x, or a vector; the counts. What was not asked for is null.</returns>
    /// <example><code>Tensor x = [1, 1, 2]; var (y, which, count) = x.UniqueConsecutive(true, true);  // [1, 2], [0, 0, 1], [2, 1]</code></example>
    public static (Tensor Values, Tensor? Inverse, Tensor? Counts) UniqueConsecutive(this Tensor x, bool returnInverse, bool returnCounts, int? dim = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        x = x.Detach();
        if (dim is { } named && x.Rank > 0)
        {
            int d = x.Shape.Dim(named);
            var (values, inverse, counts) = Runs(x.Movedim(d, 0), null, returnInverse, returnCounts);
            return (values.Movedim(0, d), inverse, counts);
        }
        var found = Runs(x.Flatten(), null, returnInverse, returnCounts);
        return (found.Values, found.Inverse?.Reshape(x.Shape.Sizes), found.Counts);
    }

    // Whole numbers that lie close together are counted, not sorted; null where they do not.
    static (Tensor Values, Tensor? Inverse, Tensor? Counts)? Counted(Tensor x, bool inverse, bool counts)
    {
        const int Close = 1 << 16;
        if (x.Numel == 0 || !x.DType.IsInteger()) return null;
        long least = (long)x.Min(), most = (long)x.Max();
        if ((ulong)(most - least) >= (ulong)Math.Clamp(x.Numel, Close, int.MaxValue - 1)) return null;
        var places = x.Flatten().To(DType.Int64) - least;
        var all = places.BinCount(minLength: (int)(most - least) + 1);
        var here = all > 0;
        var found = here.NonZero().Squeeze(1);
        var which = inverse ? (here.Cumsum(0) - 1).IndexSelect(0, places).Reshape(x.Shape.Sizes) : null;
        return ((found + least).To(x.DType), which, counts ? all.IndexSelect(0, found) : null);
    }

    static int RowLength(Tensor parts) => checked((int)parts.Shape.Slice(1, parts.Rank - 1).Numel);

    /// <summary>What begins a run of equals, and what runs there are: for parts that came from other places, in terms of those.</summary>
    static (Tensor Values, Tensor? Inverse, Tensor? Counts) Runs(Tensor parts, Tensor? from, bool inverse, bool counts)
    {
        int n = parts.Shape[0];
        if (n == 0) return (parts.Clone(), inverse ? Tensor.Empty([0], DType.Int64, parts.Device) : null, counts ? Tensor.Empty([0], DType.Int64, parts.Device) : null);
        var differs = parts.Narrow(0, 1, n - 1).Ne(parts.Narrow(0, 0, n - 1));
        if (parts.Rank > 1) differs = differs.Reshape(n - 1, RowLength(parts)).Any(1);
        var begins = Tensor.Cat([Tensor.Ones([1], DType.Bool, parts.Device), differs]);
        var first = begins.NonZero().Squeeze(1);
        Tensor? which = null;
        if (inverse)
        {
            which = begins.Cumsum(0) - 1;
            if (from is not null) which = Tensor.EmptyLike(which).Scatter(0, from, which);
        }
        return (parts.IndexSelect(0, first), which, counts ? first.Diff(append: Tensor.From([(long)n], device: parts.Device)) : null);
    }
}
