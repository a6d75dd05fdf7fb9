using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The larger of a and b.</summary>
public sealed record MaximumOp : BinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("max_@(a, b)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Max(a, b, y);

    /// <summary>Where both are equal, each takes half; where one is not a number, both take all.</summary>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad)
    {
        var share = a.Eq(b).Where(grad * 0.5, grad);
        return (node.Needs(0) ? share.MaskedFill(a < b, 0) : null, node.Needs(1) ? share.MaskedFill(b < a, 0) : null);
    }
}

public static partial class TensorOps
{
    /// <summary>The larger of a and b, element by element.</summary>
    /// <param name="a">Numbers of any shape.</param>
    /// <param name="b">A number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>
    /// Tensor a = [[1, 5, 3]], b = [[4, 2, 3]];
    /// Console.WriteLine(a.Maximum(b));
    /// // →  4  5  3
    /// // → [ int64 [1, 3] ]
    /// </code></example>
    public static Tensor Maximum(this Tensor a, Tensor b) => new MaximumOp().Apply(a, b);
}
