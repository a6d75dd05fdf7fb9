namespace Candeia;

/// <summary>Whether x is infinite.</summary>
/// <param name="Positive">Whether +∞ counts.</param>
/// <param name="Negative">Whether −∞ counts.</param>
public sealed record IsInfOp(bool Positive = true, bool Negative = true) : TestOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("k0 != 0 && a == INFINITY || k1 != 0 && a == -INFINITY", Positive ? 1 : 0, Negative ? 1 : 0);

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = Positive && T.IsPositiveInfinity(x[i]) || Negative && T.IsNegativeInfinity(x[i]) ? (byte)1 : (byte)0;
    }
}

/// <summary>Whether x is neither infinite nor not a number.</summary>
public sealed record IsFiniteOp : TestOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a - a == 0");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = T.IsFinite(x[i]) ? (byte)1 : (byte)0;
    }
}

/// <summary>Whether x has a minus: that of −0 counts.</summary>
public sealed record SignBitOp : TestOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("negative_@(a)");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = T.IsNegative(x[i]) ? (byte)1 : (byte)0;
    }
}

public static partial class TensorOps
{
    /// <summary>A mask: where the value is not a number.</summary>
    /// <param name="x">Numbers of any shape, which the mask keeps.</param>
    /// <example><code>
    /// Tensor x = [[1, double.NaN, double.PositiveInfinity]];
    /// Console.WriteLine(x.IsNaN());
    /// // →  0  1  0
    /// // → [ bool [1, 3] ]
    /// </code></example>
    public static Tensor IsNaN(this Tensor x) => x.Ne(x);

    /// <summary>A mask: where the value is neither infinite nor not a number.</summary>
    /// <param name="x">Numbers of any shape, which the mask keeps.</param>
    /// <example><code>
    /// Tensor x = [[1, double.NaN, double.PositiveInfinity]];
    /// Console.WriteLine(x.IsFinite());
    /// // →  1  0  0
    /// // → [ bool [1, 3] ]
    /// </code></example>
    public static Tensor IsFinite(this Tensor x) => IsComplex(x) ? x.Abs().IsFinite() : new IsFiniteOp().Apply(x);

    /// <summary>A mask: where the number is real. Of complex numbers those without an imaginary part are, of all other types each is.</summary>
    /// <param name="x">Numbers of any shape, which the mask keeps.</param>
    /// <example><code>var x = Tensor.Complex([1, 2], [0, 3]); var y = x.IsReal();         // [true, false]</code></example>
    public static Tensor IsReal(this Tensor x) => IsComplex(x) ? x.Imag().Eq(0) : Tensor.Ones(x.Shape, DType.Bool, x.Device);

    /// <summary>A mask: where the value is infinite.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>Tensor x = [1, double.NegativeInfinity]; var y = x.IsInf();       // [false, true]</code></example>
    public static Tensor IsInf(this Tensor x) => IsComplex(x) ? x.Real().IsInf() | x.Imag().IsInf() : new IsInfOp().Apply(x);

    /// <summary>A mask: where the value is +∞.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <exception cref="ArgumentException">The elements are complex.</exception>
    /// <example><code>Tensor x = [1, double.PositiveInfinity]; var y = x.IsPosInf();    // [false, true]</code></example>
    public static Tensor IsPosInf(this Tensor x) => new IsInfOp(Negative: false).Apply(x);

    /// <summary>A mask: where the value is −∞.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <exception cref="ArgumentException">The elements are complex.</exception>
    /// <example><code>Tensor x = [1, double.NegativeInfinity]; var y = x.IsNegInf();    // [false, true]</code></example>
    public static Tensor IsNegInf(this Tensor x) => new IsInfOp(Positive: false).Apply(x);

    /// <summary>A mask: where the value has a minus; −0 has one too.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <exception cref="ArgumentException">The elements are complex.</exception>
    /// <example><code>Tensor x = [-1, -0.0, 0]; var y = x.SignBit();                    // [true, true, false]</code></example>
    public static Tensor SignBit(this Tensor x) => new SignBitOp().Apply(x);
}
