using System.Numerics;

namespace Candeia;

/// <summary>⌊a / b⌋. A number divided by zero is ±∞, or not a number; a whole number has no such result, and the division throws.</summary>
public sealed record FloorDivideOp : BinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("floor_divide_@(a, b)");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = Quotient(a[i], b[i]);
    }

    /// <summary>Through the remainder, which is exact: a / b may round up to the next whole number.</summary>
    static T Quotient<T>(T a, T b) where T : INumber<T>
    {
        if (b == T.Zero) return a / b;
        if (IsWholeMinusOne(b)) return T.Zero - a;
        T rest = a % b, quotient = (a - rest) / b;
        if (rest != T.Zero && rest < T.Zero != b < T.Zero) quotient--;
        return typeof(T) == typeof(float) || typeof(T) == typeof(double) ? T.CreateTruncating(Math.Round(double.CreateTruncating(quotient))) : quotient;
    }

    /// <summary>Whether a divisor is the whole number −1, by which the smallest cannot be divided: the quotient wraps around instead.</summary>
    internal static bool IsWholeMinusOne<T>(T b) where T : INumber<T> => typeof(T) != typeof(float) && typeof(T) != typeof(double) && T.IsNegative(b) && b == -T.One;

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) => (Tensor.ZerosLike(grad), Tensor.ZerosLike(grad));
}

public static partial class TensorOps
{
    /// <summary>⌊a / b⌋, element by element, in the type in which both meet.</summary>
    /// <param name="a">What is divided.</param>
    /// <param name="b">What it is divided by: a number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="DivideByZeroException">A whole number is divided by zero.</exception>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>
    /// Tensor x = [[-7, 7, 8]];
    /// Console.WriteLine(x.FloorDivide(2));
    /// // → -4  3  4
    /// // → [ int64 [1, 3] ]
    /// </code></example>
    public static Tensor FloorDivide(this Tensor a, Tensor b) => new FloorDivideOp().Apply(a, b);
}
