using System.Numerics;

namespace Candeia;

/// <summary>Two whole numbers in, one out; of truth values, a truth value. No gradient flows through.</summary>
public abstract record WholeBinaryOp : Op
{
    /// <summary>The values of neighbouring elements; truth values are 0 and 1.</summary>
    protected abstract void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IBinaryInteger<T>;

    /// <inheritdoc/>
    protected internal sealed override bool IsDifferentiable => false;

    /// <summary>The type in which the op is applied where two types meet in this one.</summary>
    /// <exception cref="ArgumentException">It is not applied to such elements.</exception>
    private protected virtual DType Meant(DType dtype) => Whole(Name, dtype);

    /// <summary>Applies the op to every pair of elements.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="ArgumentException">The elements are neither whole numbers nor truth values.</exception>
    public Tensor Apply(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var dtype = Meant(DTypes.Result(a, b));
        return Run(BinaryForm.Meet(a, b), dtype, a.To(dtype), b.To(dtype));
    }

    internal static DType Whole(string op, DType dtype) => dtype == DType.Bool || dtype.IsInteger() ? dtype
        : throw new ArgumentException($"{op} takes whole numbers or masks, not {dtype}; compare first, or use LogicalAnd, LogicalOr, LogicalXor.");

    /// <inheritdoc/>
    protected internal sealed override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        using var runs = Runs.Of(outputs[0], x[0], x[1]);
        Numbers.RunWhole(outputs[0].DType, new Call(runs, this));
    }

    readonly struct Call(Runs runs, WholeBinaryOp op) : IWholeCall
    {
        public void Run<T>() where T : unmanaged, IBinaryInteger<T> => runs.Run(new Body<T>(op));
    }

    readonly struct Body<T>(WholeBinaryOp op) : IElementwise where T : unmanaged, IBinaryInteger<T>
    {
        public void Run(Block block) => op.Map(block.Input<T>(1), block.Input<T>(2), block.Output<T>());
    }
}
