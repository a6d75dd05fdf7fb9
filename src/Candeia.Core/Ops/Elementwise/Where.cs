namespace Candeia;

/// <summary>a where the condition holds, b elsewhere.</summary>
public sealed record WhereOp : Op
{
    /// <inheritdoc/>
    protected internal override bool TakesNarrow => true;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>Only the condition is read again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input == 0;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        Tensor mask = node.Inputs[0], none = Tensor.Number(0, grad.DType);
        return
        [
            null,
            node.Needs(1) ? mask.Where(grad, none).SumTo(node.Inputs[1].Shape) : null,
            node.Needs(2) ? mask.Where(none, grad).SumTo(node.Inputs[2].Shape) : null,
        ];
    }

    /// <summary>Applies the op to tensors whose shapes broadcast.</summary>
    public Tensor Apply(Tensor condition, Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(condition);
        if (condition.DType != DType.Bool) throw new ArgumentException($"Where needs a mask of truth values, not {condition.DType}; compare first.");
        var dtype = DTypes.Result(a, b);
        var shape = Shape.Broadcast(Shape.Broadcast(a.Shape, b.Shape), condition.Shape);
        var layout = a.Shape == shape ? a.Layout.Dense() : b.Shape == shape ? b.Layout.Dense() : Layout.Of(shape);
        return Run(layout, dtype, condition, a.To(dtype), b.To(dtype));
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        using var runs = Runs.OfBits(y, x[0], x[1], x[2]);
        Numbers.RunBits(y.DType, new Call(runs));
    }

    readonly struct Call(Runs runs) : IBitsCall
    {
        public void Run<T>() where T : unmanaged => runs.Run(new Body<T>());
    }

    readonly struct Body<T> : IElementwise where T : unmanaged
    {
        public void Run(Block block)
        {
            ReadOnlySpan<byte> condition = block.Input<byte>(1);
            ReadOnlySpan<T> a = block.Input<T>(2), b = block.Input<T>(3);
            var y = block.Output<T>();
            for (int i = 0; i < y.Length; i++) y[i] = condition[i] != 0 ? a[i] : b[i];
        }
    }
}

public static partial class TensorOps
{
    /// <summary>a where this mask is true, b elsewhere; all three broadcast.</summary>
    public static Tensor Where(this Tensor condition, Tensor a, Tensor b) => new WhereOp().Apply(condition, a, b);

    /// <summary>The tensor with one value where the mask is true.</summary>
    public static Tensor MaskedFill(this Tensor x, Tensor mask, double value)
    {
        ArgumentNullException.ThrowIfNull(x);
        return mask.Where(Tensor.Number(value, x.DType), x);
    }
}
