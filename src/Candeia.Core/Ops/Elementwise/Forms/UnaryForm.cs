namespace Candeia;

/// <summary>One number in, one out of the same type: what <see cref="NumberOp"/>, <see cref="UnaryOp"/> and <see cref="FloatOp"/> share.</summary>
public abstract record UnaryForm : Op, IPointwise
{
    private protected UnaryForm()
    {
    }

    /// <summary>The gradient of the input.</summary>
    protected abstract Tensor Backward(Tensor x, Tensor y, Tensor grad);

    /// <summary>Runs the op's code for numbers of a wide type.</summary>
    private protected abstract void Compute(Runs runs, DType dtype);

    int IPointwise.Effort => Effort;

    void IPointwise.Compute(Runs runs, DType result, DType first) => Compute(runs, result);

    /// <summary>What an element costs; a sum of two numbers costs 1.</summary>
    private protected virtual int Effort => 1;

    /// <summary>The type in which the op is applied to elements of a type.</summary>
    /// <exception cref="ArgumentException">It is not applied to such elements.</exception>
    private protected virtual DType Meant(DType dtype) => Real(dtype);

    /// <inheritdoc/>
    protected internal sealed override bool TakesNarrow => true;

    /// <summary>The derivative: of elements that are only stored, in their wide type and rounded once.</summary>
    protected internal sealed override Tensor?[] Backward(Node node, Tensor grad)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(grad);
        Tensor x = node.Inputs[0], y = node.Output;
        DType dtype = x.DType, wide = dtype.Wide();
        if (dtype == wide) return [Backward(x, y, grad)];
        if (Keeps.HasFlag(Keeps.Inputs)) x = x.To(wide);
        if (Keeps.HasFlag(Keeps.Output)) y = y.To(wide);
        return [Backward(x, y, grad.To(wide)).To(dtype)];
    }

    /// <summary>Applies the op to every element.</summary>
    /// <exception cref="ArgumentException">The op is not defined for elements of this type.</exception>
    public virtual Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        x = x.To(Meant(x.DType));
        return Run(x.Layout.Dense(), x.DType, x);
    }

    /// <inheritdoc/>
    protected internal sealed override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        using var runs = Runs.Of(outputs[0], x[0]);
        Compute(runs, outputs[0].DType.Wide());
    }
}
