namespace Candeia;

/// <summary>y[i, j] = x[i, index[i, j]] for dimension 1, and so for any other.</summary>
public sealed record GatherOp(int Dim) : Op
{
    /// <inheritdoc/>
    protected internal override bool TakesNarrow => true;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>Only the index is read again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input == 1;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) =>
        [new ScatterAddOp(Dim).Apply(Tensor.Scalar(0, grad.DType, grad.Device).Expand(node.Inputs[0].Shape), node.Inputs[1], grad), null];

    /// <summary>Applies the op.</summary>
    /// <exception cref="ShapeException">The index has other dimensions than the tensor, or a larger one beside <see cref="Dim"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    public Tensor Apply(Tensor x, Tensor index)
    {
        ArgumentNullException.ThrowIfNull(x);
        var positions = Positions(index);
        Fit(x.Shape, index.Shape);
        return Run(index.Shape, x.DType, x, positions);
    }

    /// <summary>Refuses an index that does not fit.</summary>
    internal void Fit(Shape x, Shape index)
    {
        bool fits = x.Rank == index.Rank && Dim >= 0 && Dim < Math.Max(1, x.Rank);
        for (int d = 0; fits && d < x.Rank; d++) fits = d == Dim || index[d] <= x[d];
        if (!fits) throw new ShapeException($"The index {index} must have the dimensions of the tensor {x}, none larger except dimension {Dim}.");
    }

    /// <summary>Positions as int64.</summary>
    /// <exception cref="ArgumentException">They are no whole numbers.</exception>
    internal static Tensor Positions(Tensor index)
    {
        ArgumentNullException.ThrowIfNull(index);
        return !index.DType.IsInteger()
            ? throw new ArgumentException($"Positions are whole numbers, not {index.DType}; convert with To(DType.Int64){(index.DType == DType.Bool ? ", or take NonZero() of a mask" : "")}.")
            : index.To(DType.Int64);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => IndexCalls.Read(x[0], Dim, x[1], outputs[0]);
}

public static partial class TensorOps
{
    /// <summary>y[i, j] = x[i, index[i, j]] for dimension 1, and so for any other.</summary>
    /// <param name="x">The tensor that is read.</param>
    /// <param name="dim">The dimension of which the index speaks.</param>
    /// <param name="index">Whole numbers from 0 on, in the shape of the result: of as many dimensions as <paramref name="x"/>.</param>
    /// <exception cref="ShapeException">The index has other dimensions than the tensor, or a larger one beside <paramref name="dim"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    public static Tensor Gather(this Tensor x, int dim, Tensor index)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new GatherOp(x.Shape.Dim(dim)).Apply(x, index);
    }

    /// <summary>What an index of another tensor, as <see cref="ArgSort"/> gives it, finds along a dimension; the other dimensions stretch to each other.</summary>
    /// <exception cref="ShapeException">The dimensions do not stretch to each other.</exception>
    public static Tensor TakeAlongDim(this Tensor x, Tensor index, int dim)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(index);
        int d = x.Shape.Dim(dim);
        if (x.Rank != index.Rank) throw new ShapeException($"The index {index.Shape} must have the dimensions of the tensor {x.Shape}.");
        if (x.Rank == 0) return x.Gather(0, index);
        var wide = Shape.Broadcast(x.Shape.With(d, 1), index.Shape.With(d, 1));
        return x.Expand(wide.With(d, x.Shape[d])).Gather(d, index.Expand(wide.With(d, index.Shape[d])));
    }

    /// <summary>Parts of a dimension, chosen by a vector of whole numbers from 0 on; they may repeat.</summary>
    /// <exception cref="ShapeException">The index is no vector.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    public static Tensor IndexSelect(this Tensor x, int dim, Tensor index)
    {
        ArgumentNullException.ThrowIfNull(x);
        int d = x.Shape.Dim(dim);
        if (x.Rank == 0) return x.Reshape(1).Gather(0, Vector(index)).Reshape([]);
        return x.Gather(d, Stretched(index, d, x.Shape));
    }

    /// <summary>1 at each class index along a new last dimension, 0 elsewhere, as int64.</summary>
    /// <param name="index">Whole numbers from 0 to <paramref name="classes"/> − 1.</param>
    /// <param name="classes">How many classes there are; the largest index and one more, if not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is no class.</exception>
    public static Tensor OneHot(this Tensor index, int? classes = null)
    {
        ArgumentNullException.ThrowIfNull(index);
        if (classes is null && index.Numel == 0) throw new ShapeException($"No number of classes follows from an index {index.Shape} without elements; name it.");
        int count = classes ?? checked((int)(long)index.Amax() + 1);
        return Tensor.Zeros([.. index.Shape, count], DType.Int64, index.Device).Scatter(-1, index.Unsqueeze(-1), 1);
    }

    static Tensor Vector(Tensor index)
    {
        ArgumentNullException.ThrowIfNull(index);
        return index.Rank <= 1 ? index.Reshape(checked((int)index.Numel)) : throw new ShapeException($"Parts of a dimension are chosen by a vector, not by {index.Shape}; Flatten() it.");
    }

    /// <summary>A vector of positions for a whole dimension: stretched over the others of a shape.</summary>
    static Tensor Stretched(Tensor index, int dim, Shape shape)
    {
        index = Vector(index);
        int[] sizes = new int[shape.Rank];
        Array.Fill(sizes, 1);
        sizes[dim] = (int)index.Numel;
        return index.Reshape(sizes).Expand(shape.With(dim, sizes[dim]));
    }
}
