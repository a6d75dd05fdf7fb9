using Candeia.Kernels;

namespace Candeia;

/// <summary>a where the condition holds, b elsewhere.</summary>
public sealed record WhereOp : Op, IPointwise
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a != 0 ? b : c") { Complex = "a.re != 0 ? b : c" };

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

    int IPointwise.Effort => 1;

    void IPointwise.Compute(Runs runs, DType result, DType first) => Numbers.RunBits(result, new Call(runs));

    readonly struct Call(Runs runs) : IBitsCall
    {
        public void Run<T>() where T : unmanaged => runs.Run(new Body<T>());
    }

    readonly struct Body<T> : IElementwise where T : unmanaged
    {
        public void Run(Block block) => Choices.Run(block.Input<byte>(1), block.Input<T>(2), block.Input<T>(3), block.Output<T>());
    }
}

public static partial class TensorOps
{
    /// <summary>a where this mask is true, b elsewhere; all three broadcast.</summary>
    /// <param name="condition">A mask: what a comparison gives.</param>
    /// <param name="a">What is taken where the mask is true: a number or a tensor.</param>
    /// <param name="b">What is taken where it is false: a number or a tensor.</param>
    /// <returns>Of the shape in which all three meet.</returns>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <exception cref="ArgumentException">The condition has no truth values.</exception>
    /// <example><code>
    /// Tensor x = [[-2, 0, 3]];
    /// Console.WriteLine((x > 0).Where(x, -1));
    /// // → -1 -1  3
    /// // → [ int64 [1, 3] ]
    /// </code></example>
    public static Tensor Where(this Tensor condition, Tensor a, Tensor b) => new WhereOp().Apply(condition, a, b);

    /// <summary>The tensor with one value where the mask is true.</summary>
    /// <param name="x">The tensor, which stays as it is: the result is a copy.</param>
    /// <param name="mask">Truth values in a shape that stretches to that of <paramref name="x"/>.</param>
    /// <param name="value">What stands where the mask is true.</param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <exception cref="ArgumentException">The mask has no truth values.</exception>
    /// <example><code>
    /// Tensor x = [[-2, 0, 3]];
    /// Console.WriteLine(x.MaskedFill(x &lt; 0, 9));
    /// // →  9  0  3
    /// // → [ int64 [1, 3] ]
    /// </code></example>
    public static Tensor MaskedFill(this Tensor x, Tensor mask, double value)
    {
        ArgumentNullException.ThrowIfNull(x);
        return mask.Where(Tensor.Number(value, x.DType), x);
    }
}
