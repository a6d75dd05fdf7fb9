namespace Candeia;

/// <summary>
/// Two numbers in, one out. The shapes broadcast, and the types meet as in PyTorch: what <see cref="NumberBinaryOp"/>, <see cref="BinaryOp"/> and
/// <see cref="FloatBinaryOp"/> share.
/// </summary>
public abstract record BinaryForm : Op, IPointwise
{
    private protected BinaryForm()
    {
    }

    /// <summary>The gradients of both inputs in the shape of the output.</summary>
    protected abstract (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad);

    /// <summary>Runs the op's code for numbers of a wide type.</summary>
    private protected abstract void Compute(Runs runs, DType dtype);

    int IPointwise.Effort => Effort;

    void IPointwise.Compute(Runs runs, DType result, DType first) => Compute(runs, result);

    /// <summary>What an element costs; a sum of two numbers costs 1.</summary>
    private protected virtual int Effort => 1;

    /// <summary>The type in which the op is applied where two types meet in this one.</summary>
    /// <exception cref="ArgumentException">It is not applied to such elements.</exception>
    private protected virtual DType Meant(DType dtype) => Real(dtype);

    /// <inheritdoc/>
    protected internal sealed override bool TakesNarrow => true;

    /// <summary>The derivative: of elements that are only stored, in their wide type and rounded once, unless it only passes the gradient on.</summary>
    protected internal sealed override Tensor?[] Backward(Node node, Tensor grad)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(grad);
        Tensor a = node.Inputs[0], b = node.Inputs[1];
        DType wide = grad.DType.Wide();
        bool widens = wide != grad.DType && Keeps != Keeps.Nothing, reads = widens && Keeps.HasFlag(Keeps.Inputs);
        var (da, db) = Backward(reads ? a.To(wide) : a, reads ? b.To(wide) : b, node, widens ? grad.To(wide) : grad);
        return [node.Needs(0) ? da?.SumTo(a.Shape).To(a.DType) : null, node.Needs(1) ? db?.SumTo(b.Shape).To(b.DType) : null];
    }

    /// <summary>Applies the op to every pair of elements.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="ArgumentException">The op is not defined for elements of this type.</exception>
    public virtual Tensor Apply(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var dtype = Meant(DTypes.Result(a, b));
        return Run(Meet(a, b), dtype, Operand(a, dtype), Operand(b, dtype));
    }

    /// <summary>An operand in the type in which both meet. A plain number is not rounded to a type that is only stored.</summary>
    internal static Tensor Operand(Tensor x, DType dtype) => x.To(x.IsNumber && !x.RequiresGrad ? dtype.Wide() : dtype);

    /// <inheritdoc/>
    protected internal sealed override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        using var runs = Runs.Of(outputs[0], x[0], x[1]);
        Compute(runs, outputs[0].DType.Wide());
    }

    /// <summary>The layout of the result: that of the operand that has its shape, so that channels-last stays channels-last.</summary>
    internal static Layout Meet(Tensor a, Tensor b)
    {
        var shape = Shape.Broadcast(a.Shape, b.Shape);
        return a.Shape == shape ? a.Layout.Dense() : b.Shape == shape ? b.Layout.Dense() : Layout.Of(shape);
    }
}
