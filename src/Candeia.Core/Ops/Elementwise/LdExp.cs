namespace Candeia;

/// <summary>The part of a number x = m·2ᵉ from ½ up to but not 1, with the sign of x.</summary>
public sealed record MantissaOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a == 0 || a - a != 0 ? a : mantissa_@(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = x[i] == T.Zero || !T.IsFinite(x[i]) ? x[i] : T.ScaleB(x[i], -1 - T.ILogB(x[i]));
    }

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad.LdExp(-new ExponentOp().Apply(x));
}

/// <summary>The exponent e of a number x = m·2ᵉ with ½ ≤ |m| &lt; 1, as int32; 0 where there is none.</summary>
public sealed record ExponentOp : Op
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a == 0 || a - a != 0 ? 0 : exponent_@(a)");

    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <inheritdoc/>
    protected internal override bool TakesNarrow => true;

    /// <summary>Applies the op to every element.</summary>
    /// <exception cref="ArgumentException">The elements have no fractions.</exception>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"FrExp takes floating-point numbers, not {x.DType}; convert with To(DType.{Tensor.DefaultDType}).");
        return Run(x.Layout.Dense(), DType.Int32, x);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        using var runs = Runs.Of(outputs[0], x[0]);
        Numbers.RunFloat(x[0].DType.Wide(), new Call(runs));
    }

    readonly struct Call(Runs runs) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => runs.Run(new Body<T>());
    }

    readonly struct Body<T> : IElementwise where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        public void Run(Block block)
        {
            var x = block.Input<T>(1);
            var y = block.Output<int>();
            for (int i = 0; i < y.Length; i++) y[i] = x[i] == T.Zero || !T.IsFinite(x[i]) ? 0 : T.ILogB(x[i]) + 1;
        }
    }
}

public static partial class TensorOps
{
    /// <summary>a·2ᵇ, element by element.</summary>
    /// <param name="a">Numbers of any shape.</param>
    /// <param name="b">The exponents: a number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>Tensor a = [1.5, 1]; var y = a.LdExp([2, 3]);                     // [6, 8]</code></example>
    public static Tensor LdExp(this Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return a * b.To(DTypes.Promote(DTypes.Result(a, b), b.DType).Fractional()).Exp2();
    }

    /// <summary>
    /// Each number as m·2ᵉ with ½ ≤ |m| &lt; 1: m in its type, and e as int32. Zeros, infinities and not-a-number are themselves, with e = 0.
    /// </summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <exception cref="ArgumentException">The elements have no fractions.</exception>
    /// <example><code>Tensor x = [6.0, -0.5]; var (m, e) = x.FrExp();                   // [0.75, -0.5] and [3, 0]</code></example>
    public static (Tensor Mantissa, Tensor Exponent) FrExp(this Tensor x)
    {
        var exponent = new ExponentOp().Apply(x);
        return (new MantissaOp().Apply(x), exponent);
    }

    /// <summary>a to the power of b, element by element, computed and given in float64, or complex128 of complex numbers.</summary>
    /// <param name="a">What is raised, of any shape.</param>
    /// <param name="b">The exponents: a number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>Tensor a = [2, 3]; var y = a.FloatPower(-1);                      // [0.5, 0.3333] in float64</code></example>
    public static Tensor FloatPower(this Tensor a, Tensor b)
    {
        var dtype = IsComplex(a) || IsComplex(b) ? DType.Complex128 : DType.Float64;
        return a.To(dtype).Pow(b.To(dtype));
    }
}
