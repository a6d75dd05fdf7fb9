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
    public static Tensor Narrow(this Tensor x, int dim, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(x);
        int d = x.Shape.Dim(dim), size = x.Shape[d];
        if (start < 0) start += size;
        if (start < 0 || length < 0 || length > size - start)
            throw new ArgumentOutOfRangeException(nameof(start), $"Parts {start} … {(long)start + length} are not within dimension {d} of {x.Shape}.");
        return new SliceOp(d, start, length).Apply(x);
    }

    /// <summary>One part of a dimension, which disappears, as a view.</summary>
    public static Tensor Select(this Tensor x, int dim, int index)
    {
        ArgumentNullException.ThrowIfNull(x);
        int d = x.Shape.Dim(dim);
        if (x.Rank == 0 || index < -x.Shape[d] || index >= x.Shape[d])
            throw new ArgumentOutOfRangeException(nameof(index), $"Index {index} is not within dimension {dim} of {x.Shape}.");
        return new SliceOp(d, index < 0 ? index + x.Shape[d] : index, 1).Apply(x).Squeeze(d);
    }
}
