namespace Candeia;

/// <summary>A copy in which values are replaced: y[i, index[i, j]] = source[i, j] for dimension 1. Where an index repeats, the last value stays.</summary>
public sealed record ScatterOp(int Dim) : Op
{
    /// <inheritdoc/>
    protected internal override bool TakesNarrow => true;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>Only the index is read again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input == 1;

    /// <summary>What was replaced has no gradient, and of several values at one place only the last has.</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        var index = node.Inputs[1];
        Tensor Zero() => Tensor.Scalar(0, grad.DType, grad.Device);
        return
        [
            node.Needs(0) ? Apply(grad, index, Zero().Expand(index.Shape)) : null, null,
            node.Needs(2) ? Last(index, node.Inputs[0].Shape).Where(grad.Gather(Dim, index), Zero()) : null,
        ];
    }

    /// <summary>Which of the values stayed.</summary>
    Tensor Last(Tensor index, Shape shape)
    {
        var order = Tensor.Arange(0, index.Numel, dtype: DType.Int64, device: index.Device).Reshape(index.Shape);
        return Apply(Tensor.Scalar(0, DType.Int64, index.Device).Expand(shape), index, order).Gather(Dim, index).Eq(order);
    }

    /// <summary>Applies the op.</summary>
    /// <exception cref="ShapeException">The index does not fit the tensor, or the source is smaller than the index.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    public Tensor Apply(Tensor x, Tensor index, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(x);
        var positions = GatherOp.Positions(index);
        return Run(x.Shape, x.DType, x, positions, Fit(Dim, x, index, source));
    }

    /// <summary>The part of the source that the index speaks of, in the type of the tensor.</summary>
    internal static Tensor Fit(int dim, Tensor x, Tensor index, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(source);
        new GatherOp(dim).Fit(x.Shape, index.Shape);
        bool fits = source.Rank == index.Rank;
        for (int d = 0; fits && d < index.Rank; d++) fits = index.Shape[d] <= source.Shape[d];
        if (!fits) throw new ShapeException($"The values {source.Shape} must have the shape of the index {index.Shape}, or be larger.");
        for (int d = 0; d < index.Rank; d++)
            if (index.Shape[d] < source.Shape[d]) source = source.Narrow(d, 0, index.Shape[d]);
        return source.To(x.DType);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        CopyOp.Into(outputs[0], x[0]);
        IndexCalls.Write(outputs[0], Dim, x[1], x[2]);
    }
}

/// <summary>A copy to which values are added: y[i, index[i, j]] += source[i, j] for dimension 1, and so for any other.</summary>
public sealed record ScatterAddOp(int Dim) : Op
{
    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>Only the index is read again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input == 1;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [grad, null, node.Needs(2) ? grad.Gather(Dim, node.Inputs[1]) : null];

    /// <summary>Applies the op.</summary>
    /// <exception cref="ShapeException">The index does not fit the tensor, or the source is smaller than the index.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    public Tensor Apply(Tensor x, Tensor index, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(x);
        var positions = GatherOp.Positions(index);
        return Run(x.Shape, x.DType, x, positions, ScatterOp.Fit(Dim, x, index, source));
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        CopyOp.Into(outputs[0], x[0]);
        IndexCalls.Add(outputs[0], Dim, x[1], x[2]);
    }
}

public static partial class TensorOps
{
    /// <summary>
    /// A copy in which values are replaced: y[i, index[i, j]] = source[i, j] for dimension 1. Where an index repeats, the last value stays.
    /// </summary>
    /// <param name="x">The tensor that is copied.</param>
    /// <param name="dim">The dimension of which the index speaks; −1 is the last.</param>
    /// <param name="index">Whole numbers from 0 on, of as many dimensions as <paramref name="x"/>.</param>
    /// <param name="source">The values, in the shape of the index or larger.</param>
    /// <exception cref="ShapeException">The index does not fit the tensor, or the source is smaller than the index.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    /// <exception cref="ArgumentException">The elements are of another type than those of <paramref name="x"/>.</exception>
    /// <example><code>
    /// var x = Tensor.Zeros([1, 3]);
    /// Console.WriteLine(x.Scatter(1, [[2, 0]], [[5.0, 7]]));
    /// // →  7  0  5
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Scatter(this Tensor x, int dim, Tensor index, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(source);
        return new ScatterOp(x.Shape.Dim(dim)).Apply(x, index, Everywhere(source, x, index.Shape, nameof(Scatter)));
    }

    /// <summary>A copy to which values are added: y[i, index[i, j]] += source[i, j] for dimension 1, and so for any other.</summary>
    /// <param name="x">The tensor that is copied.</param>
    /// <param name="dim">The dimension of which the index speaks; −1 is the last.</param>
    /// <param name="index">Whole numbers from 0 on, of as many dimensions as <paramref name="x"/>.</param>
    /// <param name="source">The values, in the shape of the index or larger.</param>
    /// <exception cref="ShapeException">The index does not fit the tensor, or the source is smaller than the index.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    /// <exception cref="ArgumentException">The elements are of another type than those of <paramref name="x"/>.</exception>
    /// <example><code>
    /// var counts = Tensor.Zeros([1, 3]);
    /// Console.WriteLine(counts.ScatterAdd(1, [[2, 0, 2]], Tensor.Ones([1, 3])));
    /// // →  1  0  2
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor ScatterAdd(this Tensor x, int dim, Tensor index, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(source);
        return new ScatterAddOp(x.Shape.Dim(dim)).Apply(x, index, Everywhere(source, x, index.Shape, nameof(ScatterAdd)));
    }

    /// <summary>A copy with parts of another tensor added to the parts of a dimension that a vector names, which may repeat.</summary>
    /// <param name="x">The tensor that is copied.</param>
    /// <param name="dim">The dimension of which parts are changed; −1 is the last.</param>
    /// <param name="index">Whole numbers from 0 on, one for each part of <paramref name="source"/>.</param>
    /// <param name="source">The parts, in the shape of <paramref name="x"/> but for their number.</param>
    /// <param name="alpha">What they are multiplied by.</param>
    /// <exception cref="ShapeException">The parts do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    /// <exception cref="ArgumentException">The elements are of another type than those of <paramref name="x"/>.</exception>
    /// <example><code>
    /// var x = Tensor.Zeros([3, 2]);
    /// Console.WriteLine(x.IndexAdd(0, [2, 2], Tensor.Ones([2, 2])));
    /// // →  0  0
    /// // →  0  0
    /// // →  2  2
    /// // → [ float32 [3, 2] ]
    /// </code></example>
    public static Tensor IndexAdd(this Tensor x, int dim, Tensor index, Tensor source, double alpha = 1)
    {
        var (d, positions) = Parts(x, dim, index, source, nameof(IndexAdd));
        return x.ScatterAdd(d, positions, alpha == 1 ? source : source * alpha);
    }

    /// <summary>
    /// A copy with the parts of a dimension that a vector names replaced by those of another tensor; where the vector repeats, the last stays.
    /// </summary>
    /// <param name="x">The tensor that is copied.</param>
    /// <param name="dim">The dimension of which parts are replaced; −1 is the last.</param>
    /// <param name="index">Whole numbers from 0 on, one for each part of <paramref name="source"/>.</param>
    /// <param name="source">The parts, in the shape of <paramref name="x"/> but for their number.</param>
    /// <exception cref="ShapeException">The parts do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    /// <exception cref="ArgumentException">The elements are of another type than those of <paramref name="x"/>.</exception>
    /// <example><code>
    /// var x = Tensor.Zeros([3, 2]);
    /// Console.WriteLine(x.IndexCopy(0, [2, 0], [[1.0, 2], [3, 4]]));
    /// // →  3  4
    /// // →  0  0
    /// // →  1  2
    /// // → [ float32 [3, 2] ]
    /// </code></example>
    public static Tensor IndexCopy(this Tensor x, int dim, Tensor index, Tensor source)
    {
        var (d, positions) = Parts(x, dim, index, source, nameof(IndexCopy));
        return x.Scatter(d, positions, source);
    }

    /// <summary>A copy with one value in all parts of a dimension that a vector names.</summary>
    /// <param name="x">The tensor that is copied.</param>
    /// <param name="dim">The dimension of which parts are filled; −1 is the last.</param>
    /// <param name="index">Whole numbers from 0 on.</param>
    /// <param name="value">A single number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    /// <exception cref="ShapeException">The value is not a single number, or the index no vector.</exception>
    /// <example><code>
    /// var x = Tensor.Zeros([3, 2]);
    /// Console.WriteLine(x.IndexFill(0, [0, 2], 1));
    /// // →  1  1
    /// // →  0  0
    /// // →  1  1
    /// // → [ float32 [3, 2] ]
    /// </code></example>
    public static Tensor IndexFill(this Tensor x, int dim, Tensor index, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(value);
        int d = x.Shape.Dim(dim);
        if (value.Rank != 0) throw new ShapeException($"IndexFill takes a number, not {value.Shape}; IndexCopy takes values for each part.");
        var positions = Stretched(index, d, x.Shape);
        return x.Scatter(d, positions, value.To(x.Device).To(x.DType).Expand(positions.Shape));
    }

    /// <summary>A plain number stretched to a shape, where the tensor is that it meets; other tensors as they are.</summary>
    static Tensor Everywhere(Tensor value, Tensor x, Shape shape, string name) => value.IsNumber ? value.To(x.DType).To(x.Device).Expand(shape) : Alike(x, value, name);

    static (int Dim, Tensor Positions) Parts(Tensor x, int dim, Tensor index, Tensor source, string name)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(source);
        Alike(x, source, name);
        int d = x.Shape.Dim(dim);
        if (x.Rank == 0 || source.Rank != x.Rank || source.Shape != x.Shape.With(d, checked((int)index.Numel)))
            throw new ShapeException($"The {index.Numel} parts along dimension {d} of {x.Shape} do not come from {source.Shape}: all other sizes must be equal.");
        return (d, Stretched(index, d, x.Shape));
    }
}
