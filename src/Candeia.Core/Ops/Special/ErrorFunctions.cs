using Candeia.Kernels;

namespace Candeia;

/// <summary>1 − erf(x).</summary>
public sealed record ErfcOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("erfc(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, Erfc>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (-x * x).Exp() * (-2 / Math.Sqrt(Math.PI));
}

/// <summary>e^(x²)·erfc(x).</summary>
public sealed record ErfcxOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => ErrorTexts.Erfcx;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, Erfcx>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (2 * x * y - 2 / Math.Sqrt(Math.PI));
}

/// <summary>The number whose error function is x.</summary>
public sealed record ErfinvOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => ErrorTexts.Erfinv;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, Erfinv>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (y * y).Exp() * (Math.Sqrt(Math.PI) / 2);
}

/// <summary>The distribution function of the normal distribution.</summary>
public sealed record NdtrOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => ErrorTexts.Ndtr;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, Ndtr>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (x * x * -0.5).Exp() * (1 / Math.Sqrt(2 * Math.PI));
}

/// <summary>The quantile function of the normal distribution.</summary>
public sealed record NdtriOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => ErrorTexts.Ndtri;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, Ndtri>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (y * y * 0.5).Exp() * Math.Sqrt(2 * Math.PI);
}

/// <summary>The logarithm of the distribution function of the normal distribution.</summary>
public sealed record LogNdtrOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => ErrorTexts.LogNdtr;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, LogNdtr>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (x * x * -0.5 - y).Exp() * (1 / Math.Sqrt(2 * Math.PI));
}

public static partial class TensorOps
{
    /// <summary>1 − erf(x), element by element, without loss where that is small.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [0, 3]; var y = x.Erfc();                              // [1, 2.209e−5]</code></example>
    public static Tensor Erfc(this Tensor x) => new ErfcOp().Apply(x);

    /// <summary>e^(x²)·erfc(x), element by element: it falls like 1/x.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [0, 30]; var y = x.Erfcx();                            // [1, 0.0188]</code></example>
    public static Tensor Erfcx(this Tensor x) => new ErfcxOp().Apply(x);

    /// <summary>The number whose error function is x, element by element; ±∞ at ±1.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [0, 0.5]; var y = x.Erfinv();                          // [0, 0.4769]</code></example>
    public static Tensor Erfinv(this Tensor x) => new ErfinvOp().Apply(x);

    /// <summary>The probability that a standard normal number stays below x, element by element.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [0, 1.96]; var y = x.Ndtr();                         // [0.5, 0.975]</code></example>
    public static Tensor Ndtr(this Tensor x) => new NdtrOp().Apply(x);

    /// <summary>The number that a standard normal one stays below with probability x, element by element.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [0.5, 0.975]; var y = x.Ndtri();                      // [0, 1.96]</code></example>
    public static Tensor Ndtri(this Tensor x) => new NdtriOp().Apply(x);

    /// <summary>The logarithm of the probability that a standard normal number stays below x, element by element, also where that is too small for a number.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [0, -40]; var y = x.LogNdtr();                          // [−0.6931, −804.6]</code></example>
    public static Tensor LogNdtr(this Tensor x) => new LogNdtrOp().Apply(x);

    /// <summary>log(x / (1 − x)), element by element: the inverse of the sigmoid.</summary>
    /// <param name="x">Probabilities, of any shape.</param>
    /// <param name="eps">If given, x is first kept between this and 1 less this.</param>
    /// <example><code>Tensor p = [0.5, 0.9]; var y = p.Logit();                          // [0, 2.1972]</code></example>
    public static Tensor Logit(this Tensor x, double? eps = null) => Matrices.Real(x, nameof(Logit)).InWide(x =>
    {
        if (eps is { } e) x = x.Clamp(e, 1 - e);
        return (x / (1 - x)).Log();
    });
}
