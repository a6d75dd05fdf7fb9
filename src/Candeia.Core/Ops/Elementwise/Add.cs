using System.Numerics.Tensors;

namespace Candeia;

/// <summary>a + b; of truth values, whether one is true.</summary>
public sealed record AddOp : NumberBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a + b") { Complex = "add_@(a, b)" };

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor a, Tensor b) => DTypes.Result(a, b) == DType.Bool ? new BitwiseOrOp().Apply(a, b) : base.Apply(a, b);

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Add(a, b, y);

    private protected override bool TakesNumbers => true;

    private protected override void Map<T>(ReadOnlySpan<T> a, T b, Span<T> y) => TensorPrimitives.Add(a, b, y);

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) => (grad, grad);

    /// <summary>Adds to a tensor or a view in place, without history.</summary>
    internal static void Into(Tensor y, Tensor x) => new AddOp().Compute([y, x], [y]);
}

public sealed partial class Tensor
{
    /// <summary>a + b, element by element; of masks, where one is true.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => new AddOp().Apply(a, b);
}
