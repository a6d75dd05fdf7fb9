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
        if (Shape.Broadcast(x.Shape, Shape) != Shape) throw new ShapeException($"A tensor {x.Shape} does not stretch to {Shape}.");
        return x.Shape == Shape ? x : View(x, x.Layout.Broadcast(Shape));
    }
}

public static partial class TensorOps
{
    /// <summary>Stretches dimensions of size 1 to these sizes, as a view; −1 leaves a size as it is, and new dimensions may come in front.</summary>
    /// <param name="x">A tensor, whose dimensions of size 1 stretch.</param>
    /// <param name="sizes">The sizes of the result; −1 leaves one as it is.</param>
    /// <returns>A view in which elements stand for many; it cannot be written.</returns>
    /// <exception cref="ShapeException">The tensor does not broadcast to the shape.</exception>
    /// <example><code>
    /// Tensor x = [[1], [2]];
    /// Console.WriteLine(x.Expand(2, 3));
    /// // →  1  1  1
    /// // →  2  2  2
    /// // → [ int64 [2, 3] ]
    /// </code></example>
    public static Tensor Expand(this Tensor x, params ReadOnlySpan<int> sizes)
    {
        ArgumentNullException.ThrowIfNull(x);
        int[] shape = sizes.ToArray();
        int front = shape.Length - x.Rank;
        for (int d = 0; d < shape.Length; d++)
        {
            if (shape[d] >= 0) continue;
            if (shape[d] != -1 || d < front) throw new ShapeException($"{shape[d]} is no size that {x.Shape} could stretch to in dimension {d}; −1 keeps a size that is there.");
            shape[d] = x.Shape[d - front];
        }
        return new ExpandOp(Shape.Create(shape)).Apply(x);
    }
}
