using System.Numerics.Tensors;

namespace Candeia;

/// <summary>a / b; integers give float32.</summary>
public sealed record DivideOp : BinaryOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return DTypes.Result(a, b).IsFloatingPoint() ? base.Apply(a, b) : base.Apply(a.To(DType.Float32), b.To(DType.Float32));
    }

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Divide(a, b, y);

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) =>
        (node.Needs(0) ? grad / b : null, node.Needs(1) ? -grad * a / (b * b) : null);
}

public sealed partial class Tensor
{
    /// <summary>a / b, element by element; integers give float32.</summary>
    public static Tensor operator /(Tensor a, Tensor b) => new DivideOp().Apply(a, b);
}
