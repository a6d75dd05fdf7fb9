namespace Candeia;

/// <summary>The number next to a in the direction of b, of all that the type holds.</summary>
public sealed record NextAfterOp : FloatBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("nextafter(a, b)");

    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    private protected override DType Meant(DType dtype) => dtype.IsFloatingPoint() && dtype.Wide() == dtype ? dtype
        : throw new ArgumentException($"NextAfter knows the neighbours of float32 and float64, not of {dtype}.");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) 
    {
        for (int i = 0; i < y.Length; i++) y[i] = T.IsNaN(a[i]) || T.IsNaN(b[i]) ? T.NaN : a[i] == b[i] ? b[i] : a[i] < b[i] ? T.BitIncrement(a[i]) : T.BitDecrement(a[i]);
    }

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) => (null, null);
}

public static partial class TensorOps
{
    /// <summary>The number next to a in the direction of b, of all that the type holds, element by element. No gradient flows through.</summary>
    /// <param name="a">Numbers of any shape.</param>
    /// <param name="b">In which direction: a number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ArgumentException">The elements are neither float32 nor float64.</exception>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>Tensor a = [1.0]; var y = a.NextAfter(2.0);                       // [1.00000012]</code></example>
    public static Tensor NextAfter(this Tensor a, Tensor b) => new NextAfterOp().Apply(a, b);
}
