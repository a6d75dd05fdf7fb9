namespace Candeia;

/// <summary>Every <paramref name="Step"/>-th part of a dimension, from <paramref name="Start"/> on.</summary>
public sealed record SliceOp(int Dim, int Start, int Length, int Step = 1) : ViewOp
{
    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [new UnsliceOp(this, node.Inputs[0].Shape).Apply(grad)];

    /// <summary>A view.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The parts are not within the dimension.</exception>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return View(x, Of(x.Layout));
    }

    /// <summary>The layout of the parts: the one place where a slice is found to lie within its dimension.</summary>
    internal Layout Of(Layout x)
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

/// <summary>Zeros of a shape, in which the input stands where a slice would have read it.</summary>
public sealed record UnsliceOp(SliceOp Slice, Shape Shape) : Op
{
    /// <inheritdoc/>
    protected internal override bool TakesNarrow => true;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [Slice.Apply(grad)];

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var part = Slice.Of(Layout.Of(Shape)).Shape;
        if (x.Shape != part) throw new ShapeException($"The part of {Shape} that a slice reads is {part}, not {x.Shape}.");
        return Run(Shape, x.DType, x);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        y.Fill(0);
        CopyOp.Into(y.View(Slice.Of(y.Layout)), x[0]);
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
