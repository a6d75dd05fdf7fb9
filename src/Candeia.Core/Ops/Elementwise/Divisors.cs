using System.Numerics;

namespace Candeia;

/// <summary>The greatest common divisor of two whole numbers; that of 0 and a is |a|.</summary>
public sealed record GcdOp : WholeBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("gcd_@(a, b)");

    private protected override DType Meant(DType dtype) => dtype.IsInteger() ? dtype : throw new ArgumentException($"Gcd takes whole numbers, not {dtype}.");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = Of(a[i], b[i]);
    }

    /// <summary>Euclid's algorithm. The largest divisor of the smallest number wraps around, as it does in PyTorch.</summary>
    internal static T Of<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>
    {
        (a, b) = (Magnitude(a), Magnitude(b));
        while (b != T.Zero) (a, b) = (b, Magnitude(FloorDivideOp.IsWholeMinusOne(b) ? T.Zero : a % b));
        return a;
    }

    internal static T Magnitude<T>(T a) where T : unmanaged, IBinaryInteger<T> => a < T.Zero ? T.Zero - a : a;
}

/// <summary>The least common multiple of two whole numbers, from 0 on.</summary>
public sealed record LcmOp : WholeBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("lcm_@(a, b)");

    private protected override DType Meant(DType dtype) => dtype.IsInteger() ? dtype : throw new ArgumentException($"Lcm takes whole numbers, not {dtype}.");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = GcdOp.Of(a[i], b[i]) is var divisor && divisor == T.Zero ? T.Zero : GcdOp.Magnitude(a[i]) / divisor * GcdOp.Magnitude(b[i]);
    }
}

public static partial class TensorOps
{
    /// <summary>The greatest common divisor, element by element.</summary>
    /// <param name="a">Whole numbers of any shape.</param>
    /// <param name="b">A number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ArgumentException">The elements are no whole numbers.</exception>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>Tensor a = [12, 0]; var y = a.Gcd([18, 5]);                       // [6, 5]</code></example>
    public static Tensor Gcd(this Tensor a, Tensor b) => new GcdOp().Apply(a, b);

    /// <summary>The least common multiple, element by element.</summary>
    /// <param name="a">Whole numbers of any shape.</param>
    /// <param name="b">A number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ArgumentException">The elements are no whole numbers.</exception>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>Tensor a = [4, 0]; var y = a.Lcm([6, 5]);                         // [12, 0]</code></example>
    public static Tensor Lcm(this Tensor a, Tensor b) => new LcmOp().Apply(a, b);
}
