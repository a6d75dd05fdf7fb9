namespace Candeia;

public static partial class TensorOps
{
    /// <summary>
    /// Writes values in place, broadcast to this tensor's shape and converted to its type and device; returns this tensor. Where both share memory,
    /// the values are those from before.
    /// </summary>
    /// <param name="target">The tensor that is written.</param>
    /// <param name="values">Numbers in a shape that stretches to that of the target.</param>
    /// <returns>The target.</returns>
    /// <exception cref="ShapeException">The values do not broadcast to the shape.</exception>
    /// <exception cref="InvalidOperationException">
    /// This tensor requires a gradient and operations are recorded, or it was stretched by Expand.
    /// </exception>
    /// <example><code>
    /// var x = Tensor.Zeros([2, 2]);
    /// x.CopyFrom([1, 2]);
    /// Console.WriteLine(x);
    /// // →  1  2
    /// // →  1  2
    /// // → [ float32 [2, 2] ]
    /// </code></example>
    public static Tensor CopyFrom(this Tensor target, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(values);
        if (Shape.Broadcast(values.Shape, target.Shape) != target.Shape) throw new ShapeException($"Values of shape {values.Shape} do not fit into a tensor {target.Shape}.");
        return target.Assign(values);
    }
}
