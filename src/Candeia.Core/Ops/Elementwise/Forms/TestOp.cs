using System.Numerics;

namespace Candeia;

/// <summary>One real number in, a truth value out. No gradient flows through.</summary>
public abstract record TestOp : Op
{
    /// <summary>Writes 1 where it holds and 0 elsewhere.</summary>
    protected abstract void Map<T>(ReadOnlySpan<T> x, Span<byte> y) where T : unmanaged, INumber<T>;

    /// <inheritdoc/>
    protected internal sealed override bool IsDifferentiable => false;

    /// <inheritdoc/>
    protected internal sealed override bool TakesNarrow => true;

    /// <summary>Tests every element.</summary>
    /// <exception cref="ArgumentException">The elements are complex.</exception>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        _ = Real(x.DType);
        return Run(x.Layout.Dense(), DType.Bool, x);
    }

    /// <inheritdoc/>
    protected internal sealed override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        using var runs = Runs.Of(outputs[0], x[0]);
        Numbers.RunReal(x[0].DType.Wide(), new Call(runs, this));
    }

    readonly struct Call(Runs runs, TestOp op) : IRealCall
    {
        public void Run<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => runs.Run(new Body<T>(op));
    }

    readonly struct Body<T>(TestOp op) : IElementwise where T : unmanaged, INumber<T>
    {
        public void Run(Block block) => op.Map(block.Input<T>(1), block.Output<byte>());
    }
}
