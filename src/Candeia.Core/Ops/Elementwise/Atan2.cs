using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The angle of the point (b, a).</summary>
public sealed record Atan2Op : FloatBinaryOp
{
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
    /// <summary>The angle of the point (b, a), element by element, from −π to π.</summary>
    public static Tensor Atan2(this Tensor a, Tensor b) => new Atan2Op().Apply(a, b);
}
