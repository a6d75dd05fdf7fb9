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
    /// <param name="dim">The dimension of which the index speaks; −1 is the last.</param>
    /// <param name="index">Whole numbers from 0 on, in the shape of the result: of as many dimensions as <paramref name="x"/>.</param>
    /// <exception cref="ShapeException">The index has other dimensions than the tensor, or a larger one beside <paramref name="dim"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    /// <example><code>
    /// Tensor scores = [[0.1, 0.9], [0.8, 0.2]], classes = [[1], [0]];
    /// Console.WriteLine(scores.Gather(1, classes));
    /// // →  0.9000
    /// // →  0.8000
    /// // → [ float32 [2, 1] ]
    /// </code></example>
    public static Tensor Gather(this Tensor x, int dim, Tensor index)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new GatherOp(x.Shape.Dim(dim)).Apply(x, index);
    }

    /// <summary>
    /// What an index of another tensor, as <see cref="ArgSort"/> gives it, finds along a dimension; the other dimensions stretch to each other.
    /// </summary>
    /// <param name="x">The tensor that is read.</param>
    /// <param name="index">Positions from 0 on, of as many dimensions as <paramref name="x"/>.</param>
    /// <param name="dim">The dimension of which the index speaks; −1 is the last.</param>
    /// <exception cref="ShapeException">The dimensions do not stretch to each other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    /// <example><code>
    /// Tensor x = [[3, 1, 2]];
    /// Console.WriteLine(x.TakeAlongDim(x.ArgSort(1), 1));
    /// // →  1  2  3
    /// // → [ int64 [1, 3] ]
    /// </code></example>
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
    /// <param name="x">The tensor that is read.</param>
    /// <param name="dim">The dimension of which parts are taken; −1 is the last.</param>
    /// <param name="index">Which parts: [k] whole numbers.</param>
    /// <returns>Parts 0 and 2 of dimension 1 of [2, 3] are [2, 2].</returns>
    /// <exception cref="ShapeException">The index is no vector.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    /// <example><code>
    /// Tensor x = [[1, 2, 3], [4, 5, 6]];
    /// Console.WriteLine(x.IndexSelect(1, [2, 0]));
    /// // →  3  1
    /// // →  6  4
    /// // → [ int64 [2, 2] ]
    /// </code></example>
    public static Tensor IndexSelect(this Tensor x, int dim, Tensor index)
    {
        ArgumentNullException.ThrowIfNull(x);
        int d = x.Shape.Dim(dim);
        if (x.Rank == 0) return x.Reshape(1).Gather(0, Vector(index)).Reshape([]);
        return x.Gather(d, Stretched(index, d, x.Shape));
    }

    /// <summary>1 at each class index along a new last dimension, 0 elsewhere, as int64.</summary>
    /// <param name="index">Whole numbers from 0 to <paramref name="classes"/> − 1, of any shape.</param>
    /// <param name="classes">How many classes there are; the largest index and one more, if not given.</param>
    /// <returns>[…, classes].</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is no class.</exception>
    /// <exception cref="ShapeException">Neither an index nor a number of classes is given.</exception>
    /// <example><code>
    /// Tensor labels = [0, 2];
    /// Console.WriteLine(labels.OneHot(classes: 3));
    /// // →  1  0  0
    /// // →  0  0  1
    /// // → [ int64 [2, 3] ]
    /// </code></example>
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
