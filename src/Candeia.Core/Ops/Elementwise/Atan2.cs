using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The angle of the point (b, a).</summary>
public sealed record Atan2Op : FloatBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("atan2(a, b)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Atan2(a, b, y);

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) =>
        (grad * b / (a * a + b * b), -grad * a / (a * a + b * b));
}

public static partial class TensorOps
{
    /// <summary>The angle in radians of the point (b, a), element by element, from −π to π.</summary>
    /// <param name="a">How far up the points lie.</param>
    /// <param name="b">How far to the right they lie, in a shape that stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>
    /// Tensor up = [[1, 0, -1]], right = [[0, -1, -1]];
    /// Console.WriteLine(up.Atan2(right));
    /// // →  1.5708  3.1416 -2.3562
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Atan2(this Tensor a, Tensor b) => new Atan2Op().Apply(a, b);
}
