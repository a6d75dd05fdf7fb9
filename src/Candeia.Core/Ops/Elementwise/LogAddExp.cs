using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia;

/// <summary>log(eᵃ + eᵇ), without overflow.</summary>
public sealed record LogAddExpOp : FloatBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a == b && fabs(a) == INFINITY ? a : max_@(a, b) + log1p_@(exp(-fabs(a - b)))");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) 
    {
        Gap(a, b, y);
        TensorPrimitives.Exp(y, y);
        for (int i = 0; i < y.Length; i++) y[i] = Sum(a[i], b[i], Log1pOp.Exact(y[i], T.LogP1(y[i])));
    }

    /// <summary>−|a − b|.</summary>
    internal static void Gap<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        TensorPrimitives.Subtract(a, b, y);
        TensorPrimitives.Abs(y, y);
        TensorPrimitives.Negate(y, y);
    }

    /// <summary>The larger, and what the other adds; equal infinities are what they are.</summary>
    internal static T Sum<T>(T a, T b, T more) where T : unmanaged, IFloatingPointIeee754<T> => a == b && T.IsInfinity(a) ? a : T.Max(a, b) + more;

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) => (grad * (a - b).Sigmoid(), grad * (b - a).Sigmoid());
}

/// <summary>log₂(2ᵃ + 2ᵇ), without overflow.</summary>
public sealed record LogAddExp2Op : FloatBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a == b && fabs(a) == INFINITY ? a : max_@(a, b) + log1p_@(exp2(-fabs(a - b))) * (T)1.4426950408889634074");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) 
    {
        T factor = T.One / T.Log(T.One + T.One);
        LogAddExpOp.Gap(a, b, y);
        TensorPrimitives.Exp2(y, y);
        for (int i = 0; i < y.Length; i++) y[i] = LogAddExpOp.Sum(a[i], b[i], Log1pOp.Exact(y[i], T.LogP1(y[i])) * factor);
    }

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) => (grad * ((a - b) * Math.Log(2)).Sigmoid(), grad * ((b - a) * Math.Log(2)).Sigmoid());
}

public static partial class TensorOps
{
    /// <summary>log(eᵃ + eᵇ), element by element, without overflow.</summary>
    /// <param name="a">Logarithms of any shape.</param>
    /// <param name="b">A number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>Tensor a = [0, 1000]; var y = a.LogAddExp(1000);                  // [1000, 1000.6931]</code></example>
    public static Tensor LogAddExp(this Tensor a, Tensor b) => new LogAddExpOp().Apply(a, b);

    /// <summary>log₂(2ᵃ + 2ᵇ), element by element, without overflow.</summary>
    /// <param name="a">Logarithms of any shape.</param>
    /// <param name="b">A number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>Tensor a = [0, 1000]; var y = a.LogAddExp2(1000);                 // [1000, 1001]</code></example>
    public static Tensor LogAddExp2(this Tensor a, Tensor b) => new LogAddExp2Op().Apply(a, b);
}
