namespace Candeia;

/// <summary>Every <paramref name="Step"/>-th part of a dimension, from <paramref name="Start"/> on.</summary>
public sealed record SliceOp(int Dim, int Start, int Length, int Step = 1) : ViewOp
{
    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [new UnsliceOp(this, node.Inputs[0].Shape).Apply(grad)];

    /// <summary>A view.</summary>
    public Tensor Apply(Tensor x) => View(x, Of(x.Layout));

    internal Layout Of(Layout x)
    {
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
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [Slice.Apply(grad)];

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
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
        if (start < 0 || length < 0 || start + length > size)
            throw new ArgumentOutOfRangeException(nameof(start), $"Parts {start} … {start + length} are not within dimension {d} of {x.Shape}.");
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
