using System.Numerics;

namespace Candeia;

/// <summary>Whether |a − b| ≤ absolute + relative·|b|, or both are equal.</summary>
/// <param name="Relative">What they may differ by, as a part of b.</param>
/// <param name="Absolute">What they may differ by besides.</param>
/// <param name="EqualNaN">Whether not-a-number is close to itself.</param>
public sealed record IsCloseOp(double Relative, double Absolute, bool EqualNaN) : ComparisonOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a == b || is_close_@(a, b, k0, k1) || (k2 != 0 && a != a && b != b)", Relative, Absolute, EqualNaN ? 1 : 0);

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = a[i] == b[i] || Near(a[i], b[i]) || EqualNaN && T.IsNaN(a[i]) && T.IsNaN(b[i]) ? (byte)1 : (byte)0;
    }

    bool Near<T>(T a, T b) where T : INumberBase<T>
    {
        double distance = typeof(T) == typeof(Complex) ? double.CreateTruncating(T.Abs(a - b)) : Math.Abs(double.CreateTruncating(a) - double.CreateTruncating(b));
        return double.IsFinite(distance) && distance <= Absolute + Math.Abs(Relative * double.CreateTruncating(T.Abs(b)));
    }
}

public static partial class TensorOps
{
    /// <summary>A mask: where |a − b| ≤ absolute + relative·|b|. Equal infinities are close.</summary>
    /// <param name="a">The values.</param>
    /// <param name="b">What they should be; the shapes broadcast.</param>
    /// <param name="relative">What they may differ by, as a part of b.</param>
    /// <param name="absolute">What they may differ by besides.</param>
    /// <param name="equalNaN">Whether not-a-number is close to itself.</param>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance is negative.</exception>
    /// <example><code>Tensor a = [1, 2]; var y = a.IsClose([1.000001, 2.1]);            // [true, false]</code></example>
    public static Tensor IsClose(this Tensor a, Tensor b, double relative = 1e-5, double absolute = 1e-8, bool equalNaN = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(relative);
        ArgumentOutOfRangeException.ThrowIfNegative(absolute);
        return new IsCloseOp(relative, absolute, equalNaN).Apply(a, b);
    }

    /// <summary>Whether <see cref="IsClose"/> holds of all elements. Reads the answer.</summary>
    /// <param name="a">The values.</param>
    /// <param name="b">What they should be; the shapes broadcast.</param>
    /// <param name="relative">What they may differ by, as a part of b.</param>
    /// <param name="absolute">What they may differ by besides.</param>
    /// <param name="equalNaN">Whether not-a-number is close to itself.</param>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance is negative.</exception>
    /// <example><code>Tensor a = [1, 2]; bool same = a.AllClose([1.000001, 2]);         // true</code></example>
    public static bool AllClose(this Tensor a, Tensor b, double relative = 1e-5, double absolute = 1e-8, bool equalNaN = false) =>
        (bool)a.IsClose(b, relative, absolute, equalNaN).All();

    /// <summary>Whether both have the same shape and equal elements; not-a-number equals nothing. Reads the answer.</summary>
    /// <param name="a">A tensor of any shape.</param>
    /// <param name="b">What it is compared with.</param>
    /// <example><code>Tensor a = [1, 2]; bool same = a.Equal([1, 2]);                   // true</code></example>
    public static bool Equal(this Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return a.Shape == b.Shape && (bool)a.Eq(b).All();
    }
}
