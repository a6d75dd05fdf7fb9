using System.Numerics.Tensors;

namespace Candeia;

/// <summary>a / b; whole numbers give <see cref="Tensor.DefaultDType"/>.</summary>
public sealed record DivideOp : NumberBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a / b") { Complex = "divide_@(a, b)" };

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    private protected override DType Meant(DType dtype) => dtype.Fractional();

    private protected override int Effort => 3;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Divide(a, b, y);

    private protected override bool TakesNumbers => true;

    private protected override void Map<T>(ReadOnlySpan<T> a, T b, Span<T> y) => TensorPrimitives.Divide(a, b, y);

    private protected override void Map<T>(T a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Divide(a, b, y);

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) =>
        (node.Needs(0) ? grad / b.Conj() : null, node.Needs(1) ? -grad * (a / (b * b)).Conj() : null);
}

public sealed partial class Tensor
{
    /// <summary>a / b, element by element; whole numbers give <see cref="DefaultDType"/>.</summary>
    public static Tensor operator /(Tensor a, Tensor b) => new DivideOp().Apply(a, b);
}
