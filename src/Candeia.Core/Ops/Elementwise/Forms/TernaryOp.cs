using System.Numerics;

namespace Candeia;

/// <summary>Three numbers in, one out, complex numbers too. The shapes broadcast, and the types meet as in PyTorch.</summary>
public abstract record TernaryOp : Op, IPointwise
{
    /// <summary>The values of neighbouring elements.</summary>
    protected abstract void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, Span<T> y) where T : unmanaged, INumberBase<T>;

    /// <summary>The gradients of the inputs in the shape of the output.</summary>
    protected abstract (Tensor? A, Tensor? B, Tensor? C) Backward(Tensor a, Tensor b, Tensor c, Node node, Tensor grad);

    /// <summary>The type in which the op is applied where the types meet in this one.</summary>
    /// <exception cref="ArgumentException">It is not applied to such elements.</exception>
    private protected virtual DType Meant(DType dtype) => dtype;

    /// <inheritdoc/>
    protected internal sealed override bool TakesNarrow => true;

    /// <inheritdoc/>
    protected internal sealed override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal sealed override Keeps Keeps => Keeps.Inputs;

    /// <summary>The derivative: of elements that are only stored, in their wide type and rounded once.</summary>
    protected internal sealed override Tensor?[] Backward(Node node, Tensor grad)
    {
        var wide = grad.DType.Wide();
        var x = Array.ConvertAll(node.Inputs, t => t.To(wide));
        var (a, b, c) = Backward(x[0], x[1], x[2], node, grad.To(wide));
        Tensor? Back(int i, Tensor? g) => node.Needs(i) ? g?.SumTo(x[i].Shape).To(node.Inputs[i].DType) : null;
        return [Back(0, a), Back(1, b), Back(2, c)];
    }

    /// <summary>Applies the op to every three elements.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="ArgumentException">The op is not defined for elements of this type.</exception>
    public Tensor Apply(Tensor a, Tensor b, Tensor c)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        var dtype = Meant(DTypes.Result([a, b, c]));
        var shape = Shape.Broadcast(Shape.Broadcast(a.Shape, b.Shape), c.Shape);
        var layout = a.Shape == shape ? a.Layout.Dense() : b.Shape == shape ? b.Layout.Dense() : c.Shape == shape ? c.Layout.Dense() : Layout.Of(shape);
        return Run(layout, dtype, BinaryForm.Operand(a, dtype), BinaryForm.Operand(b, dtype), BinaryForm.Operand(c, dtype));
    }

    /// <inheritdoc/>
    protected internal sealed override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        using var runs = Runs.Of(outputs[0], x[0], x[1], x[2]);
        Numbers.Run(outputs[0].DType.Wide(), new Call(runs, this));
    }

    int IPointwise.Effort => 2;

    void IPointwise.Compute(Runs runs, DType result, DType first) => Numbers.Run(result, new Call(runs, this));

    readonly struct Call(Runs runs, TernaryOp op) : INumberCall
    {
        public void Run<T>() where T : unmanaged, INumberBase<T> => runs.Run(new Body<T>(op));
    }

    readonly struct Body<T>(TernaryOp op) : IElementwise where T : unmanaged, INumberBase<T>
    {
        public void Run(Block block) => op.Map(block.Input<T>(1), block.Input<T>(2), block.Input<T>(3), block.Output<T>());
    }
}
