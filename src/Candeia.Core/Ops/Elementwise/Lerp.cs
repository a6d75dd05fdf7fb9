using Candeia.Kernels;

namespace Candeia;

/// <summary>a + (b − a)·weight, computed from the nearer end, so that a weight of 1 gives b itself.</summary>
public sealed record LerpOp : TernaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("fabs(c) < (T)0.5 ? a + c * (b - a) : b - (b - a) * (1 - c)");

    private protected override DType Meant(DType dtype) => Real(Fractional(dtype));

    internal static DType Fractional(DType dtype) => dtype.HasGradients() ? dtype
        : throw new ArgumentException($"Lerp takes numbers that have fractions, not {dtype}; convert with To(DType.{Tensor.DefaultDType}).");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, Span<T> y)
    {
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double)) Kernels.Map.Run(new LerpMap(), a, b, c, y);
        else for (int i = 0; i < y.Length; i++)
            y[i] = double.CreateTruncating(T.Abs(c[i])) < 0.5 ? a[i] + c[i] * (b[i] - a[i]) : b[i] - (b[i] - a[i]) * (T.One - c[i]);
    }

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B, Tensor? C) Backward(Tensor a, Tensor b, Tensor c, Node node, Tensor grad) =>
        (node.Needs(0) ? grad * (1 - c) : null, node.Needs(1) ? grad * c : null, node.Needs(2) ? grad * (b - a) : null);
}

public static partial class TensorOps
{
    /// <summary>a + (b − a)·weight, element by element: a where the weight is 0, b where it is 1.</summary>
    /// <param name="a">One end.</param>
    /// <param name="b">The other.</param>
    /// <param name="weight">How far from a to b: a number, or a tensor that broadcasts.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="ArgumentException">The elements have no fractions, or are of several types.</exception>
    /// <example><code>Tensor a = [0.0, 10]; var y = a.Lerp([4.0, 20], 0.25);            // [1, 12.5]</code></example>
    public static Tensor Lerp(this Tensor a, Tensor b, Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(weight);
        LerpOp.Fractional(a.DType);                                          // a plain number as the weight would give it fractions
        return new LerpOp().Apply(a, Alike(a, b, nameof(Lerp)), Alike(a, weight, nameof(Lerp)));
    }
}
