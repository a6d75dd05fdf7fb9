using System.Numerics.Tensors;

namespace Candeia;

/// <summary>−x.</summary>
public sealed record NegateOp : NumberOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("-a") { Complex = "negate_@(a)" };

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    private protected override DType Meant(DType dtype) => dtype != DType.Bool ? dtype : throw new ArgumentException("Truth values have no negative; !x is the other value.");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Negate(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => -grad;
}

public sealed partial class Tensor
{
    /// <summary>−x, element by element.</summary>
    public static Tensor operator -(Tensor x) => new NegateOp().Apply(x);
}
