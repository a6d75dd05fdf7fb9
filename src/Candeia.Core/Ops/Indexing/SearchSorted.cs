namespace Candeia;

/// <summary>Where values belong in sorted lines, so that these stay sorted, as int64. Inputs: the lines […, n], and values […, m]; or one line and any values.</summary>
/// <param name="Right">Whether behind equal elements; else before them.</param>
public sealed record SearchSortedOp(bool Right = false) : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Applies the op.</summary>
    /// <exception cref="ShapeException">There are not values for each line.</exception>
    public Tensor Apply(Tensor sorted, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(sorted);
        ArgumentNullException.ThrowIfNull(values);
        if (sorted.Rank == 0 || sorted.Rank > 1 && (sorted.Rank != values.Rank || sorted.Shape.Slice(0, sorted.Rank - 1) != values.Shape.Slice(0, values.Rank - 1)))
            throw new ShapeException($"Values {values.Shape} are sought in one sorted vector, or in as many as they have lines, not in {sorted.Shape}.");
        var dtype = Real(DTypes.Result(sorted, values)).Wide();
        return Run(values.Shape, DType.Int64, sorted.To(dtype).Contiguous(), values.To(dtype).Contiguous());
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => SearchCalls.Places(x[0], x[1], Right, outputs[0]);
}

public static partial class TensorOps
{
    /// <summary>Where values belong in sorted lines, so that these stay sorted, as int64: before equal elements, or behind them. Not-a-number belongs behind all.</summary>
    /// <param name="sorted">A sorted vector, or sorted lines […, n].</param>
    /// <param name="values">What is sought: of any shape in a vector, else […, m].</param>
    /// <param name="right">Whether behind equal elements.</param>
    /// <param name="sorter">The positions that sort the lines, where they are not sorted: as <see cref="ArgSort"/> gives them.</param>
    /// <exception cref="ShapeException">There are not values for each line, or not a position for each element.</exception>
    /// <example><code>Tensor x = [1, 3, 5]; var y = x.SearchSorted([3, 4]);             // [1, 2]</code></example>
    public static Tensor SearchSorted(this Tensor sorted, Tensor values, bool right = false, Tensor? sorter = null)
    {
        ArgumentNullException.ThrowIfNull(sorted);
        if (sorter is not null && sorter.Shape != sorted.Shape) throw new ShapeException($"Positions {sorter.Shape} do not sort {sorted.Shape}: as ArgSort gives them, there is one for each element.");
        return new SearchSortedOp(right).Apply(sorter is null ? sorted : sorted.Gather(-1, sorter), values);
    }

    /// <summary>Into which of the spaces between boundaries each value falls, as int64: 0 is before the first. A boundary itself belongs to the space before it, or behind.</summary>
    /// <param name="x">The values.</param>
    /// <param name="boundaries">A sorted vector.</param>
    /// <param name="right">Whether a boundary itself belongs to the space behind it.</param>
    /// <exception cref="ShapeException">The boundaries are no vector.</exception>
    /// <example><code>Tensor x = [3, 6, 9]; var y = x.Bucketize([1, 3, 5, 7, 9]);       // [1, 3, 4]</code></example>
    public static Tensor Bucketize(this Tensor x, Tensor boundaries, bool right = false)
    {
        ArgumentNullException.ThrowIfNull(boundaries);
        return boundaries.Rank == 1 ? new SearchSortedOp(right).Apply(boundaries, x) : throw new ShapeException($"Boundaries are a vector, not {boundaries.Shape}.");
    }

    /// <summary>A mask: which elements are among those of another tensor, of any shape; or are not.</summary>
    /// <param name="x">The elements.</param>
    /// <param name="among">The others.</param>
    /// <param name="invert">Whether to mark what is not among them.</param>
    /// <example><code>Tensor x = [1, 2, 3]; var y = x.IsIn([2, 5]);                     // [false, true, false]</code></example>
    public static Tensor IsIn(this Tensor x, Tensor among, bool invert = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(among);
        if (among.Numel == 0) return Tensor.Full(x.Shape, invert, DType.Bool, x.Device);
        using var between = Between.Of(x, among);
        var dtype = DTypes.Result(x, among);
        (x, among) = (x.To(dtype), among.To(dtype).Flatten());
        Tensor found;
        if (among.Numel == 1) found = x.Eq(among.Reshape([]));
        else
        {
            var sorted = among.Detach().Sort(0).Values;
            var places = sorted.SearchSorted(x.Detach()).Clamp(max: among.Shape[0] - 1);
            found = sorted.Gather(0, places.Flatten()).Reshape(x.Shape.Sizes).Eq(x);
        }
        return between.Keep(invert ? !found : found);
    }
}
