using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The larger of a and b.</summary>
public sealed record MaximumOp : BinaryOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Max(a, b, y);

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) =>
        (grad * Share(a > b, a.Eq(b), grad), grad * Share(b > a, a.Eq(b), grad));

    /// <summary>The winner takes all; where both are equal, each takes half.</summary>
    internal static Tensor Share(Tensor wins, Tensor ties, Tensor grad) => wins.To(grad.DType) + ties.To(grad.DType) * 0.5;
}

public static partial class TensorOps
{
    /// <summary>The larger of a and b, element by element.</summary>
    public static Tensor Maximum(this Tensor a, Tensor b) => new MaximumOp().Apply(a, b);
}
