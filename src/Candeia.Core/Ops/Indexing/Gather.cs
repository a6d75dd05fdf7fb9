namespace Candeia;

/// <summary>y[i, j] = x[i, index[i, j]] for dimension 1, and so for any other.</summary>
public sealed record GatherOp(int Dim) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>Only the index is read again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input == 1;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        var x = node.Inputs[0];
        return [new ScatterAddOp(Dim).Apply(Tensor.Zeros(x.Shape, grad.DType, grad.Device), node.Inputs[1], grad), null];
    }

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x, Tensor index)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(index);
        Fit(x.Shape, index.Shape);
        return Run(index.Shape, x.DType, x, index.To(DType.Int64));
    }

    internal void Fit(Shape x, Shape index)
    {
        bool fits = x.Rank == index.Rank;
        for (int d = 0; fits && d < x.Rank; d++) fits = d == Dim || index[d] <= x[d];
        if (!fits) throw new ShapeException($"The index {index} must have the dimensions of the tensor {x}, none larger except dimension {Dim}.");
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        Tensor from = x[0], to = y;
        Walk(x[1], from, Dim, (position, i) => to.SetNumberFrom(from, position, i));
    }

    /// <summary>Visits the elements of an index in row-major order, each with the position of the element that it names in a tensor.</summary>
    internal static void Walk(Tensor index, Tensor x, int dim, Action<long, long> visit)
    {
        var at = index.Contiguous().Span<long>();
        var shape = index.Shape;
        int size = x.Rank == 0 ? 1 : x.Shape[dim];
        IndexSelectOp.Check(at, size);
        for (int i = 0; i < at.Length; i++)
        {
            long position = x.Layout.Offset, rest = i;
            for (int d = shape.Rank - 1; d >= 0; rest /= shape[d--])
                position += (d == dim ? at[i] < 0 ? at[i] + size : at[i] : rest % shape[d]) * x.Layout.Strides[d];
            visit(position, i);
        }
    }
}

/// <summary>A copy to which values are added: y[i, index[i, j]] += source[i, j] for dimension 1, and so for any other.</summary>
public sealed record ScatterAddOp(int Dim) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>Only the index is read again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input == 1;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [grad, null, node.Needs(2) ? grad.Gather(Dim, node.Inputs[1]) : null];

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x, Tensor index, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(source);
        new GatherOp(Dim).Fit(x.Shape, index.Shape);
        if (source.Shape != index.Shape) throw new ShapeException($"The values {source.Shape} must have the shape of the index {index.Shape}.");
        return Run(x.Shape, x.DType, x, index.To(DType.Int64), source.To(x.DType));
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        CopyOp.Into(y, x[0]);
        var source = x[2].Contiguous();
        GatherOp.Walk(x[1], y, Dim, (position, i) => y.SetNumber(position, y.GetNumber(position) + source.GetNumber(source.Layout.Offset + i)));
    }
}

public static partial class TensorOps
{
    /// <summary>y[i, j] = x[i, index[i, j]] for dimension 1, and so for any other.</summary>
    public static Tensor Gather(this Tensor x, int dim, Tensor index)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new GatherOp(x.Shape.Dim(dim)).Apply(x, index);
    }

    /// <summary>A copy to which values are added: y[i, index[i, j]] += source[i, j] for dimension 1, and so for any other.</summary>
    public static Tensor ScatterAdd(this Tensor x, int dim, Tensor index, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new ScatterAddOp(x.Shape.Dim(dim)).Apply(x, index, source);
    }

    /// <summary>A copy in which values are replaced: y[i, index[i, j]] = source[i, j] for dimension 1. Where an index repeats, the last value stays.</summary>
    public static Tensor Scatter(this Tensor x, int dim, Tensor index, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(index);
        var zeros = Tensor.Zeros(x.Shape, x.DType, x.Device);
        var hit = zeros.ScatterAdd(dim, index, Tensor.Ones(index.Shape, x.DType, x.Device)).Ne(0);
        var latest = Tensor.Arange(0, index.Numel, dtype: DType.Float64).Reshape(index.Shape);
        var winner = Tensor.Zeros(x.Shape, DType.Float64);
        GatherOp.Walk(index.To(DType.Int64), winner, x.Shape.Dim(dim), (position, i) => winner.SetNumber(position, i));
        var wins = winner.Gather(dim, index).Eq(latest);
        return hit.Where(zeros.ScatterAdd(dim, index, wins.Where(source, Tensor.Scalar(0, x.DType, x.Device))), x);
    }

    /// <summary>1 at each class index along a new last dimension, 0 elsewhere, as int64.</summary>
    public static Tensor OneHot(this Tensor index, int classes)
    {
        ArgumentNullException.ThrowIfNull(index);
        return index.Unsqueeze(-1).Eq(Tensor.Arange(classes).To(index.Device)).To(DType.Int64);
    }
}
