using System.Numerics.Tensors;

namespace Candeia;

/// <summary>a − b.</summary>
public sealed record SubtractOp : NumberBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a - b") { Complex = "subtract_@(a, b)" };

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    private protected override DType Meant(DType dtype) => dtype != DType.Bool ? dtype
        : throw new ArgumentException("Truth values have no difference; use ^ for where two masks differ, or convert one with To(dtype).");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Subtract(a, b, y);

    private protected override bool TakesNumbers => true;

    private protected override void Map<T>(ReadOnlySpan<T> a, T b, Span<T> y) => TensorPrimitives.Subtract(a, b, y);

    private protected override void Map<T>(T a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Subtract(a, b, y);

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) => (grad, node.Needs(1) ? -grad : null);
}

public sealed partial class Tensor
{
    /// <summary>a − b, element by element.</summary>
    public static Tensor operator -(Tensor a, Tensor b) => new SubtractOp().Apply(a, b);
}
