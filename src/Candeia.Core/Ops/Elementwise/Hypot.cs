using System.Numerics.Tensors;

namespace Candeia;

/// <summary>√(a² + b²), without overflow.</summary>
public sealed record HypotOp : FloatBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("hypot(a, b)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Hypot(a, b, y);

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) => a.Hypot(b) is var length && grad / length is var part ? (part * a, part * b) : default;
}

public static partial class TensorOps
{
    /// <summary>√(a² + b²), element by element, without overflow.</summary>
    /// <param name="a">One side of each right angle.</param>
    /// <param name="b">The other: a number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>Tensor a = [3, 5]; var y = a.Hypot([4, 12]);                      // [5, 13]</code></example>
    public static Tensor Hypot(this Tensor a, Tensor b) => new HypotOp().Apply(a, b);
}
