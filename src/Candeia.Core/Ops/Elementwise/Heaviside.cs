namespace Candeia;

/// <summary>0 where a is negative, 1 where it is positive, b where it is 0.</summary>
public sealed record HeavisideOp : BinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a == 0 ? b : a > 0 ? (T)1 : (T)0");

    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) 
    {
        for (int i = 0; i < y.Length; i++) y[i] = a[i] == T.Zero ? b[i] : a[i] > T.Zero ? T.One : T.Zero;
    }

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) => (null, null);
}

public static partial class TensorOps
{
    /// <summary>The step function: 0 where a is negative, 1 where it is positive, b where it is 0. No gradient flows through.</summary>
    /// <param name="a">Numbers of any shape.</param>
    /// <param name="b">The values at 0: a number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <exception cref="ArgumentException">The elements are of two types.</exception>
    /// <example><code>Tensor a = [-1, 0, 2]; var y = a.Heaviside(0.5);                  // [0, 0.5, 1]</code></example>
    public static Tensor Heaviside(this Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return new HeavisideOp().Apply(a, Alike(a, b, nameof(Heaviside)));
    }
}
