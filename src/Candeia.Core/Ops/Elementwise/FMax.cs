using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The larger of a and b; of a number and not-a-number, the number.</summary>
public sealed record FMaxOp : BinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a != a ? b : b != b ? a : max_@(a, b)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.MaxNumber(a, b, y);

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) => (a >= b | b.IsNaN()) is var first ? (first.Where(grad, 0), first.Where(0, grad)) : default;
}

/// <summary>The smaller of a and b; of a number and not-a-number, the number.</summary>
public sealed record FMinOp : BinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a != a ? b : b != b ? a : min_@(a, b)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.MinNumber(a, b, y);

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) => (a <= b | b.IsNaN()) is var first ? (first.Where(grad, 0), first.Where(0, grad)) : default;
}

public static partial class TensorOps
{
    /// <summary>The larger of a and b, element by element; of a number and not-a-number, the number, unlike in <see cref="Maximum"/>.</summary>
    /// <param name="a">Numbers of any shape.</param>
    /// <param name="b">A number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>Tensor a = [1, double.NaN]; var y = a.FMax(0.5);                  // [1, 0.5]</code></example>
    public static Tensor FMax(this Tensor a, Tensor b) => new FMaxOp().Apply(a, b);

    /// <summary>The smaller of a and b, element by element; of a number and not-a-number, the number, unlike in <see cref="Minimum"/>.</summary>
    /// <param name="a">Numbers of any shape.</param>
    /// <param name="b">A number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>Tensor a = [1, double.NaN]; var y = a.FMin(0.5);                  // [0.5, 0.5]</code></example>
    public static Tensor FMin(this Tensor a, Tensor b) => new FMinOp().Apply(a, b);
}
