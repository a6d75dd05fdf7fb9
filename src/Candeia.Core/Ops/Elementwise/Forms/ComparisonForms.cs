using System.Numerics;

namespace Candeia;

/// <summary>Two numbers in, a truth value out. The shapes broadcast; no gradient flows through.</summary>
public abstract record ComparisonForm : Op, IPointwise
{
    private protected ComparisonForm()
    {
    }

    /// <summary>Runs the op's code for numbers of a wide type.</summary>
    private protected abstract void Compute(Runs runs, DType dtype);

    /// <summary>The type in which the op is applied where two types meet in this one.</summary>
    /// <exception cref="ArgumentException">It is not applied to such elements.</exception>
    private protected virtual DType Meant(DType dtype) => dtype;

    /// <inheritdoc/>
    protected internal sealed override bool IsDifferentiable => false;

    /// <inheritdoc/>
    protected internal sealed override bool TakesNarrow => true;

    /// <summary>Compares every pair of elements.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="ArgumentException">The op is not defined for elements of this type.</exception>
    public Tensor Apply(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var dtype = Meant(DTypes.Result(a, b));
        return Run(BinaryForm.Meet(a, b), DType.Bool, a.To(dtype), b.To(dtype));
    }

    /// <inheritdoc/>
    protected internal sealed override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        using var runs = Runs.Of(outputs[0], x[0], x[1]);
        Compute(runs, x[0].DType.Wide());
    }

    int IPointwise.Effort => 1;

    void IPointwise.Compute(Runs runs, DType result, DType first) => Compute(runs, first);
}

/// <summary>Two numbers in, complex ones too, a truth value out.</summary>
public abstract record ComparisonOp : ComparisonForm
{
    /// <summary>Writes 1 where the relation holds and 0 elsewhere.</summary>
    protected abstract void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y) where T : unmanaged, INumberBase<T>;

    private protected sealed override void Compute(Runs runs, DType dtype) => Numbers.Run(dtype, new Call(runs, this));

    readonly struct Call(Runs runs, ComparisonOp op) : INumberCall
    {
        public void Run<T>() where T : unmanaged, INumberBase<T> => runs.Run(new Body<T>(op));
    }

    readonly struct Body<T>(ComparisonOp op) : IElementwise where T : unmanaged, INumberBase<T>
    {
        public void Run(Block block) => op.Map(block.Input<T>(1), block.Input<T>(2), block.Output<byte>());
    }
}

/// <summary>Two real numbers in, a truth value out that depends on which is the larger: complex numbers have no order.</summary>
public abstract record OrderingOp : ComparisonForm
{
    /// <summary>Writes 1 where the relation holds and 0 elsewhere.</summary>
    protected abstract void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y) where T : unmanaged, INumber<T>;

    private protected sealed override DType Meant(DType dtype) => Real(dtype);

    private protected sealed override void Compute(Runs runs, DType dtype) => Numbers.RunReal(dtype, new Call(runs, this));

    readonly struct Call(Runs runs, OrderingOp op) : IRealCall
    {
        public void Run<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => runs.Run(new Body<T>(op));
    }

    readonly struct Body<T>(OrderingOp op) : IElementwise where T : unmanaged, INumber<T>
    {
        public void Run(Block block) => op.Map(block.Input<T>(1), block.Input<T>(2), block.Output<byte>());
    }
}
