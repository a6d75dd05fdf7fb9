namespace Candeia;

/// <summary>The same elements, in the same row-major order, under another shape.</summary>
public sealed record ReshapeOp(Shape Shape) : ViewOp
{
    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [grad.Reshape(node.Inputs[0].Shape)];

    /// <summary>A view where the memory allows it, otherwise a view of a row-major copy.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (Shape.Numel != x.Numel) throw new ShapeException($"A tensor {x.Shape} with {x.Numel} elements cannot take the shape {Shape}.");
        if (Shape == x.Shape) return x;
        return TryView(x.Layout) is { } layout ? View(x, layout) : View(x.Contiguous(), Layout.Of(Shape));
    }

    /// <summary>The strides under the new shape, if every new dimension lies within old ones that are one in memory.</summary>
    Layout? TryView(Layout old)
    {
        if (old.IsContiguous) return Layout.Of(Shape, old.Offset);
        long[] strides = new long[Shape.Rank];
        int to = Shape.Rank - 1;
        long chunk = 1, viewed = 1;
        long stride = old.Strides[^1];
        for (int d = old.Shape.Rank - 1; d >= 0; d--)
        {
            chunk *= old.Shape[d];
            bool ends = d == 0 || old.Shape[d - 1] != 1 && old.Strides[d - 1] != chunk * stride;
            if (!ends) continue;
            for (; to >= 0 && (viewed < chunk || Shape[to] == 1); to--)
            {
                strides[to] = viewed * stride;
                viewed *= Shape[to];
            }
            if (viewed != chunk) return null;
            if (d == 0) break;
            stride = old.Strides[d - 1];
            chunk = viewed = 1;
        }
        return to >= 0 ? null : new(Shape, strides, old.Offset);
    }
}

public static partial class TensorOps
{
    /// <summary>The same elements under another shape; one size may be −1, to be computed from the others.</summary>
    /// <param name="x">A tensor of any shape, read in row-major order, row after row.</param>
    /// <param name="shape">The new sizes; one may be −1.</param>
    /// <returns>A view where the layout allows it, else a copy.</returns>
    /// <exception cref="ShapeException">The new shape has another number of elements, or a size 0 beside which −1 could be anything.</exception>
    /// <example><code>
    /// var x = Tensor.Arange(6);
    /// Console.WriteLine(x.Reshape(2, -1));
    /// // →  0  1  2
    /// // →  3  4  5
    /// // → [ int64 [2, 3] ]
    /// </code></example>
    public static Tensor Reshape(this Tensor x, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(x);
        int[] sizes = shape.ToArray();
        int open = Array.IndexOf(sizes, -1);
        if (open >= 0) sizes[open] = 1;
        foreach (int size in sizes) ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
        if (open >= 0)
        {
            long known = new Shape(sizes).Numel;
            if (known == 0 || x.Numel % known != 0)
                throw new ShapeException($"No size −1 makes [{string.Join(", ", shape.ToArray())}] of a tensor {x.Shape} with {x.Numel} elements{(known == 0 ? "; name the size" : "")}.");
            sizes[open] = checked((int)(x.Numel / known));
        }
        return new ReshapeOp(new(sizes)).Apply(x);
    }
}
