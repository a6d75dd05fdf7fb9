namespace Candeia;

/// <summary>Repeats elements along dimensions of size 1 without copying them.</summary>
public sealed record ExpandOp(Shape Shape) : ViewOp
{
    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [grad.SumTo(node.Inputs[0].Shape)];

    /// <summary>A view.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Shape == Shape ? x : View(x, x.Layout.Broadcast(Shape));
    }
}

public static partial class TensorOps
{
    /// <summary>Stretches dimensions of size 1 to a shape, as a view.</summary>
    /// <exception cref="ShapeException">The tensor does not broadcast to the shape.</exception>
    public static Tensor Expand(this Tensor x, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (Shape.Broadcast(x.Shape, shape) != shape) throw new ShapeException($"A tensor {x.Shape} does not stretch to {shape}.");
        return new ExpandOp(shape).Apply(x);
    }
}
