using System.Numerics.Tensors;

namespace Candeia;

/// <summary>a + b.</summary>
public sealed record AddOp : BinaryOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Add(a, b, y);

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) => (grad, grad);

    /// <summary>Adds to a tensor or a view in place, without history.</summary>
    internal static void Into(Tensor y, Tensor x) => new AddOp().Compute([y, x], [y]);
}

public sealed partial class Tensor
{
    /// <summary>a + b, element by element.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => new AddOp().Apply(a, b);
}
