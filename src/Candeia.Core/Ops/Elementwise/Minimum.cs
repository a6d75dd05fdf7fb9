using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The smaller of a and b.</summary>
public sealed record MinimumOp : BinaryOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Min(a, b, y);

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) =>
        (grad * MaximumOp.Share(a < b, a.Eq(b), grad), grad * MaximumOp.Share(b < a, a.Eq(b), grad));
}

public static partial class TensorOps
{
    /// <summary>The smaller of a and b, element by element.</summary>
    public static Tensor Minimum(this Tensor a, Tensor b) => new MinimumOp().Apply(a, b);
}
