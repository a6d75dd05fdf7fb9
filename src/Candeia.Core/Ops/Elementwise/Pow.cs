using System.Numerics;
using System.Runtime.InteropServices;
using Candeia.Kernels;

namespace Candeia;

/// <summary>a to the power of b. Whole numbers wrap around; their negative powers are 0, except those of 1 and −1.</summary>
public sealed record PowOp : NumberBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("pow_@(a, b)") { Complex = "power_@(a, b)" };

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <summary>Applies the op to every pair of elements.</summary>
    /// <exception cref="ArgumentException">Whole numbers meet a negative number: the power has a fraction.</exception>
    public override Tensor Apply(Tensor a, Tensor b)
    {
        var dtype = DTypes.Result(a, b);
        if (dtype == DType.Bool) throw new ArgumentException("Truth values have no powers; convert one with To(dtype).");
        if (b.IsNumber && !dtype.HasGradients() && (long)b < 0) throw new ArgumentException($"Whole numbers have no whole powers of {(long)b}; convert with To(DType.{Tensor.DefaultDType}).");
        return b.IsNumber && !b.RequiresGrad && dtype.IsFloatingPoint() && Simple(Operand(a, dtype), (double)b) is { } y ? y : base.Apply(a, b);
    }

    // The powers that have ops of their own, as in PyTorch.
    static Tensor? Simple(Tensor a, double power) => power switch { 2 => a * a, 0.5 => a.Sqrt(), -0.5 => a.Rsqrt(), -1 => a.Reciprocal(), _ => null };

    private protected override int Effort => 20;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        if (typeof(T) == typeof(float)) Powers.Run(As<T, float>(a), As<T, float>(b), As<T, float>(y));
        else if (typeof(T) == typeof(double)) Fractions(As<T, double>(a), As<T, double>(b), As<T, double>(y));
        else if (typeof(T) == typeof(Complex)) Complexes(As<T, Complex>(a), As<T, Complex>(b), As<T, Complex>(y));
        else for (int i = 0; i < y.Length; i++) y[i] = Whole(a[i], b[i]);
    }

    static ReadOnlySpan<TTo> As<T, TTo>(ReadOnlySpan<T> x) where T : unmanaged where TTo : unmanaged => MemoryMarshal.Cast<T, TTo>(x);

    static Span<TTo> As<T, TTo>(Span<T> x) where T : unmanaged where TTo : unmanaged => MemoryMarshal.Cast<T, TTo>(x);

    static void Fractions<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : IPowerFunctions<T>
    {
        for (int i = 0; i < y.Length; i++) y[i] = T.Pow(a[i], b[i]);
    }

    static void Complexes(ReadOnlySpan<Complex> a, ReadOnlySpan<Complex> b, Span<Complex> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = Complex.Pow(a[i], b[i]);
    }

    static T Whole<T>(T a, T n) where T : unmanaged, INumberBase<T>
    {
        T power = T.One, two = T.One + T.One;
        if (T.IsNegative(n)) return a == T.One ? a : a != -T.One ? T.Zero : T.IsOddInteger(n) ? a : T.One;
        for (; !T.IsZero(n); n /= two, a *= a) if (T.IsOddInteger(n)) power *= a;
        return power;
    }

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad)
    {
        ArgumentNullException.ThrowIfNull(node);
        return (node.Needs(0) ? grad * b.Eq(0).Where(0, b * a.Pow(b - 1)).Conj() : null,
            node.Needs(1) ? grad * (a.Eq(0) & Counts(b)).Where(0, node.Output * a.Log()).Conj() : null);
    }

    /// <summary>Where a zero to this power is flat in the exponent.</summary>
    static Tensor Counts(Tensor b) => b.DType.IsComplex() ? b.Real() >= 0 : b >= 0;
}

public static partial class TensorOps
{
    /// <summary>a to the power of b, element by element.</summary>
    /// <param name="a">What is raised, of any shape.</param>
    /// <param name="b">The exponents: a number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ArgumentException">Whole numbers are raised to a negative number.</exception>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>
    /// Tensor x = [[1, 2, 3]];
    /// Console.WriteLine(x.Pow(3));
    /// // →   1   8  27
    /// // → [ int64 [1, 3] ]
    /// </code></example>
    public static Tensor Pow(this Tensor a, Tensor b) => new PowOp().Apply(a, b);

    /// <summary>x·x, element by element; of truth values, as int64.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-2, 0, 3]];
    /// Console.WriteLine(x.Square());
    /// // →  4  0  9
    /// // → [ int64 [1, 3] ]
    /// </code></example>
    public static Tensor Square(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.DType == DType.Bool) x = x.To(DType.Int64);
        return x * x;
    }
}
