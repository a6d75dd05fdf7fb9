using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The magnitude of a with the sign of b.</summary>
public sealed record CopySignOp : FloatBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("copysign(a, b)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.CopySign(a, b, y);

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) => (a.Eq(0).Where(0, a.SignBit().Eq(b.SignBit()).Where(grad, -grad)), null);
}

public static partial class TensorOps
{
    /// <summary>The magnitude of a with the sign of b, element by element; that of −0 counts.</summary>
    /// <param name="a">Whose magnitude is taken, of any shape.</param>
    /// <param name="b">Whose sign is taken: a number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>Tensor a = [1, -2]; var y = a.CopySign([-1, 1]);                  // [-1, 2]</code></example>
    public static Tensor CopySign(this Tensor a, Tensor b) => new CopySignOp().Apply(a, b);
}
