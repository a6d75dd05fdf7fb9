namespace Candeia;

/// <summary>Elements of a dimension that stand somewhere in its order, and where they stood as int64.</summary>
/// <param name="Dim">The dimension.</param>
public abstract record OrderOp(int Dim) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <summary>The gradient of each element goes where it stood.</summary>
    protected internal sealed override Tensor?[] Backward(Node node, ReadOnlySpan<Tensor?> grads)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (grads[0] is not { } grad) return [null];
        return [new ScatterAddOp(Dim).Apply(Tensor.Scalar(0, grad.DType, grad.Device).Expand(node.Inputs[0].Shape), node.Outputs[1], grad)];
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Beside(Dim, x, y);

    /// <summary>Applies the op with results of this shape.</summary>
    protected (Tensor Values, Tensor Indices) Run(Tensor x, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(x);
        _ = Real(x.DType);
        var results = Run([new(shape, x.DType), new(shape, DType.Int64)], x);
        return (results[0], results[1]);
    }

    /// <summary>The size of the dimension; that of a number is 1.</summary>
    protected int Size(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        _ = x.Shape.Dim(Dim);
        return x.Rank == 0 ? 1 : x.Shape[Dim];
    }

    /// <summary>The shape with another number of elements along the dimension.</summary>
    protected Shape With(Shape shape, int size) => shape.Rank == 0 ? shape : shape.With(Dim, size);
}
