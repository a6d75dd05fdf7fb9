namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The elements at these positions in row-major order, in the shape of the index; negative positions count from the end.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="index">Positions in row-major order, of any shape.</param>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    /// <example><code>Tensor x = [[1, 2], [3, 4]]; var y = x.Take([0, -1]);             // [1, 4]</code></example>
    public static Tensor Take(this Tensor x, Tensor index) => new PickOp([0]).Apply(x.Flatten(), index);

    /// <summary>A copy in which the elements at these positions in row-major order are replaced, or added to; negative positions count from the end.</summary>
    /// <param name="x">The tensor that is copied.</param>
    /// <param name="index">Whole numbers.</param>
    /// <param name="values">As many values as positions, or a number.</param>
    /// <param name="accumulate">Whether values are added; else, of several at one place, the last stays.</param>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    /// <exception cref="ShapeException">The values do not fit.</exception>
    /// <exception cref="ArgumentException">The values are of another type than the elements.</exception>
    /// <example><code>Tensor x = [[1, 2], [3, 4]]; var y = x.Put([0, -1], [9, 8]);      // [[9, 2], [3, 8]]</code></example>
    public static Tensor Put(this Tensor x, Tensor index, Tensor values, bool accumulate = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(values);
        Alike(x, values, nameof(Put));
        if (!values.IsNumber && values.Numel != index.Numel) throw new ShapeException($"Put takes a value for each of the {index.Numel} positions, not {values.Shape}.");
        return new IndexPutOp([0], accumulate).Apply(x.Flatten(), values.IsNumber ? values : values.Reshape(index.Shape.Sizes), index).Reshape(x.Shape.Sizes);
    }

    /// <summary>A copy in which what <c>x[indices]</c> reads is replaced, or added to. To write in place, and on record, assign: <c>x[i, j] = values</c>.</summary>
    /// <param name="x">The tensor that is copied.</param>
    /// <param name="indices">Positions in the first dimensions, a tensor for each; they stretch to each other, and negative ones count from the end.</param>
    /// <param name="values">Values in the shape of what is read, or such as stretch to it.</param>
    /// <param name="accumulate">Whether values are added; else, of several at one place, the last stays.</param>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    /// <exception cref="ShapeException">The values do not fit.</exception>
    /// <exception cref="ArgumentException">The values are of another type than the elements.</exception>
    /// <example><code>Tensor x = [1, 2, 3], at = [0, 0]; var y = x.IndexPut([at], [5, 6], accumulate: true);  // [12, 2, 3]</code></example>
    public static Tensor IndexPut(this Tensor x, ReadOnlySpan<Tensor> indices, Tensor values, bool accumulate = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(values);
        if (indices.Length > x.Rank) throw new ShapeException($"{indices.Length} indices are more than {x.Shape} has dimensions.");
        return new IndexPutOp([.. Enumerable.Range(0, indices.Length)], accumulate).Apply(x, Alike(x, values, nameof(IndexPut)), indices);
    }

    /// <summary>A copy in which the elements where a mask is true are replaced, in row-major order, by the first elements of another tensor.</summary>
    /// <param name="x">The tensor that is copied.</param>
    /// <param name="mask">Truth values; both stretch to each other.</param>
    /// <param name="source">At least as many elements as the mask is true.</param>
    /// <exception cref="ShapeException">There are too few elements.</exception>
    /// <exception cref="ArgumentException">The mask has no truth values, or the elements are of another type.</exception>
    /// <example><code>Tensor x = [1, 2, 3]; var y = x.MaskedScatter(x > 1, [8, 9]);     // [1, 8, 9]</code></example>
    public static Tensor MaskedScatter(this Tensor x, Tensor mask, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(source);
        if (mask.DType != DType.Bool) throw new ArgumentException($"A mask has truth values, not {mask.DType}; compare, as in x > 0.");
        if (source.DType != x.DType) throw new ArgumentException($"Elements of {source.DType} do not replace such of {x.DType}; convert with To(DType.{x.DType}).");
        var shape = Shape.Broadcast(x.Shape, mask.Shape);
        using var between = Between.Of(x, source);
        var at = mask.Expand(shape).Flatten().NonZero().Squeeze(1);
        if (at.Shape[0] > source.Numel) throw new ShapeException($"The mask is true {at.Shape[0]} times, but {source.Shape} has {source.Numel} elements.");
        return between.Keep(x.Expand(shape).Put(at, source.Flatten().Narrow(0, 0, at.Shape[0])));
    }

    /// <summary>The positions along each dimension of elements that are counted in row-major order; negative ones count from the end.</summary>
    /// <param name="index">Whole numbers.</param>
    /// <param name="shape">The shape in which they are counted.</param>
    /// <returns>A tensor of int64 for each dimension, in the shape of the index.</returns>
    /// <exception cref="ArgumentException">They are no whole numbers, or lead out of the shape.</exception>
    /// <example><code>Tensor i = [1, 5]; var at = i.UnravelIndex([2, 3]);                // [0, 1] and [1, 2]</code></example>
    public static Tensor[] UnravelIndex(this Tensor index, Shape shape)
    {
        var at = GatherOp.Positions(index);
        if (at.Numel > 0 && ((long)at.Min() < -shape.Numel || (long)at.Max() >= shape.Numel)) throw new ArgumentException($"Positions {index} lead out of {shape}, which has {shape.Numel} elements.");
        at = (at < 0).Where(at + shape.Numel, at);
        var positions = new Tensor[shape.Rank];
        for (int d = shape.Rank - 1; d >= 0; d--, at = at.FloorDivide(Math.Max(1, shape[d + 1]))) positions[d] = at.Remainder(Math.Max(1, shape[d]));
        return positions;
    }
}
