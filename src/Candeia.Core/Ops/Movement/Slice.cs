namespace Candeia;

/// <summary>Every <paramref name="Step"/>-th part of a dimension, from <paramref name="Start"/> on.</summary>
public sealed record SliceOp(int Dim, int Start, int Length, int Step = 1) : PartOp
{
    /// <summary>The layout of the parts: the one place where a slice is found to lie within its dimension.</summary>
    internal override Layout Of(Layout x)
    {
        int size = Dim >= 0 && Dim < x.Shape.Rank ? x.Shape[Dim] : throw new ArgumentOutOfRangeException(nameof(x), $"Shape {x.Shape} has no dimension {Dim}.");
        long last = Start + (Length - 1L) * Step;
        if (Start < 0 || Length < 0 || (Length == 0 ? Start > size : Start >= size || last < 0 || last >= size))
            throw new ArgumentOutOfRangeException(nameof(x), $"{Length} parts from {Start}{(Step == 1 ? "" : $" in steps of {Step}")} are not within dimension {Dim} of {x.Shape}.");
        long[] strides = x.Strides.ToArray();
        long offset = x.Offset + Start * strides[Dim];
        strides[Dim] *= Step;
        return new(x.Shape.With(Dim, Length), strides, offset);
    }
}

public static partial class TensorOps
{
    /// <summary><paramref name="length"/> parts of a dimension, from <paramref name="start"/> on, as a view.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="dim">The dimension of which parts are taken; −1 is the last.</param>
    /// <param name="start">The first part, from 0 on; a negative number counts from the end.</param>
    /// <param name="length">How many parts.</param>
    /// <returns>A view: two parts of dimension 1 of [3, 5] are [3, 2].</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no such parts.</exception>
    /// <example><code>
    /// Tensor x = [[1, 2, 3, 4]];
    /// Console.WriteLine(x.Narrow(1, start: 1, length: 2));
    /// // →  2  3
    /// // → [ int64 [1, 2] ]
    /// </code></example>
    public static Tensor Narrow(this Tensor x, int dim, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 0) throw new ShapeException("A single number has no parts: its shape is [].");
        int d = x.Shape.Dim(dim), size = x.Shape[d];
        if (start < 0) start += size;
        if (start < 0 || length < 0 || length > size - start)
            throw new ArgumentOutOfRangeException(nameof(start), $"Parts {start} … {(long)start + length} are not within dimension {d} of {x.Shape}.");
        return new SliceOp(d, start, length).Apply(x);
    }

    /// <summary>One part of a dimension, which disappears, as a view.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="dim">The dimension of which one part is taken; −1 is the last.</param>
    /// <param name="index">Which part, from 0 on; −1 is the last.</param>
    /// <returns>A view: a part of dimension 0 of [3, 5] is [5].</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part.</exception>
    /// <example><code>
    /// Tensor x = [[1, 2], [3, 4]];
    /// Console.WriteLine(x.Select(0, -1));
    /// // →  3
    /// // →  4
    /// // → [ int64 [2] ]
    /// </code></example>
    public static Tensor Select(this Tensor x, int dim, int index)
    {
        ArgumentNullException.ThrowIfNull(x);
        int d = x.Shape.Dim(dim);
        if (x.Rank == 0 || index < -x.Shape[d] || index >= x.Shape[d])
            throw new ArgumentOutOfRangeException(nameof(index), $"Index {index} is not within dimension {dim} of {x.Shape}.");
        return new SliceOp(d, index < 0 ? index + x.Shape[d] : index, 1).Apply(x).Squeeze(d);
    }
}
