using Candeia.Kernels;

namespace Candeia;

/// <summary>The modified Bessel function of the first kind of order 0.</summary>
public sealed record I0Op : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => BesselTexts.First(0, isScaled: false);

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, I0>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * x.I1();
}

/// <summary>e^(−|x|)·I₀(x).</summary>
public sealed record I0eOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => BesselTexts.First(0, isScaled: true);

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, I0e>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (x.I1e() - x.Sign() * y);
}

/// <summary>The modified Bessel function of the first kind of order 1.</summary>
public sealed record I1Op : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => BesselTexts.First(1, isScaled: false);

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, I1>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (x.I0() - OverX(x, y));

    /// <summary>y / x of functions whose slope at 0 is a half.</summary>
    internal static Tensor OverX(Tensor x, Tensor y) => x.Eq(0).Where(0.5, y / x.Eq(0).Where(1, x));
}

/// <summary>e^(−|x|)·I₁(x).</summary>
public sealed record I1eOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => BesselTexts.First(1, isScaled: true);

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, I1e>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (x.I0e() - x.Sign() * y - I1Op.OverX(x, y));
}

/// <summary>The Bessel function of the first kind of order 0.</summary>
public sealed record BesselJ0Op : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => BesselTexts.J(0);

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, J0>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => -grad * x.BesselJ1();
}

/// <summary>The Bessel function of the first kind of order 1.</summary>
public sealed record BesselJ1Op : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => BesselTexts.J(1);

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, J1>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (x.BesselJ0() - I1Op.OverX(x, y));
}

/// <summary>The Bessel function of the second kind of order 0.</summary>
public sealed record BesselY0Op : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => BesselTexts.Y(0);

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, Y0>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => -grad * x.BesselY1();
}

/// <summary>The Bessel function of the second kind of order 1.</summary>
public sealed record BesselY1Op : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => BesselTexts.Y(1);

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, Y1>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (x.BesselY0() - y / x);
}

/// <summary>The modified Bessel function of the second kind of order 0.</summary>
public sealed record ModifiedBesselK0Op : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => BesselTexts.Second(0, isScaled: false);

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, K0>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => -grad * x.ModifiedBesselK1();
}

/// <summary>The modified Bessel function of the second kind of order 1.</summary>
public sealed record ModifiedBesselK1Op : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => BesselTexts.Second(1, isScaled: false);

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, K1>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => -grad * (x.ModifiedBesselK0() + y / x);
}

/// <summary>eˣ·K₀(x).</summary>
public sealed record ScaledModifiedBesselK0Op : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => BesselTexts.Second(0, isScaled: true);

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, K0e>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (y - x.ScaledModifiedBesselK1());
}

/// <summary>eˣ·K₁(x).</summary>
public sealed record ScaledModifiedBesselK1Op : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => BesselTexts.Second(1, isScaled: true);

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, K1e>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (y - y / x - x.ScaledModifiedBesselK0());
}

/// <summary>Airy's function Ai. It has no derivative here.</summary>
public sealed record AiryAiOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => BesselTexts.Airy;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, Airy>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => throw new NotSupportedException("AiryAi has no derivative. Detach() its input.");
}

public static partial class TensorOps
{
    /// <summary>The modified Bessel function of the first kind of order 0, element by element.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [0, 1]; var y = x.I0();                                // [1, 1.2661]</code></example>
    public static Tensor I0(this Tensor x) => new I0Op().Apply(x);

    /// <summary>e^(−|x|)·I₀(x), element by element: it does not overflow.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [0, 1]; var y = x.I0e();</code></example>
    public static Tensor I0e(this Tensor x) => new I0eOp().Apply(x);

    /// <summary>The modified Bessel function of the first kind of order 1, element by element.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [0, 1]; var y = x.I1();</code></example>
    public static Tensor I1(this Tensor x) => new I1Op().Apply(x);

    /// <summary>e^(−|x|)·I₁(x), element by element: it does not overflow.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [0, 1]; var y = x.I1e();</code></example>
    public static Tensor I1e(this Tensor x) => new I1eOp().Apply(x);

    /// <summary>The Bessel function of the first kind of order 0, element by element.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [0, 1]; var y = x.BesselJ0();                          // [1, 0.7652]</code></example>
    public static Tensor BesselJ0(this Tensor x) => new BesselJ0Op().Apply(x);

    /// <summary>The Bessel function of the first kind of order 1, element by element.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [0, 1]; var y = x.BesselJ1();</code></example>
    public static Tensor BesselJ1(this Tensor x) => new BesselJ1Op().Apply(x);

    /// <summary>The Bessel function of the second kind of order 0, element by element; −∞ at 0, not a number below.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [1, 2]; var y = x.BesselY0();</code></example>
    public static Tensor BesselY0(this Tensor x) => new BesselY0Op().Apply(x);

    /// <summary>The Bessel function of the second kind of order 1, element by element; −∞ at 0, not a number below.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [1, 2]; var y = x.BesselY1();</code></example>
    public static Tensor BesselY1(this Tensor x) => new BesselY1Op().Apply(x);

    /// <summary>The modified Bessel function of the second kind of order 0, element by element; ∞ at 0, not a number below.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [1, 2]; var y = x.ModifiedBesselK0();</code></example>
    public static Tensor ModifiedBesselK0(this Tensor x) => new ModifiedBesselK0Op().Apply(x);

    /// <summary>The modified Bessel function of the second kind of order 1, element by element; ∞ at 0, not a number below.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [1, 2]; var y = x.ModifiedBesselK1();</code></example>
    public static Tensor ModifiedBesselK1(this Tensor x) => new ModifiedBesselK1Op().Apply(x);

    /// <summary>eˣ·K₀(x), element by element: it does not vanish.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [1, 2]; var y = x.ScaledModifiedBesselK0();</code></example>
    public static Tensor ScaledModifiedBesselK0(this Tensor x) => new ScaledModifiedBesselK0Op().Apply(x);

    /// <summary>eˣ·K₁(x), element by element: it does not vanish.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [1, 2]; var y = x.ScaledModifiedBesselK1();</code></example>
    public static Tensor ScaledModifiedBesselK1(this Tensor x) => new ScaledModifiedBesselK1Op().Apply(x);

    /// <summary>Airy's function Ai, element by element. It has no derivative here.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [0, 1]; var y = x.AiryAi();                            // [0.3550, 0.1353]</code></example>
    public static Tensor AiryAi(this Tensor x) => new AiryAiOp().Apply(x);

    /// <summary>The spherical Bessel function of the first kind of order 0, element by element: sin(x) / x, 1 at 0.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [0, 1]; var y = x.SphericalBesselJ0();                    // [1, 0.8415]</code></example>
    public static Tensor SphericalBesselJ0(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.InWide(x => x.IsInf().Where(0, x.Eq(0).Where(1, x.Sin() / x.Eq(0).Where(1, x))));
    }
}
