using System.Numerics.Tensors;

namespace Candeia;

/// <summary>a · b.</summary>
public sealed record MultiplyOp : NumberBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a * b") { Complex = "multiply_@(a, b)" };

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>A factor is read only for the other's gradient.</summary>
    protected internal override bool KeepsInput(Node node, int input)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Needs(1 - input);
    }

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Multiply(a, b, y);

    private protected override bool TakesNumbers => true;

    private protected override void Map<T>(ReadOnlySpan<T> a, T b, Span<T> y) => TensorPrimitives.Multiply(a, b, y);

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) => 
        (node.Needs(0) ? grad * b.Conj() : null, node.Needs(1) ? grad * a.Conj() : null);
}

public sealed partial class Tensor
{
    /// <summary>a · b, element by element; for the matrix product see MatMul.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => new MultiplyOp().Apply(a, b);
}
