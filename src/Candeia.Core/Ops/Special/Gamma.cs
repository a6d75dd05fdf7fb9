using Candeia.Kernels;

namespace Candeia;

/// <summary>The logarithm of the absolute value of the gamma function.</summary>
public sealed record LgammaOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => GammaTexts.LogGamma;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, Lgamma>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * x.Digamma();
}

/// <summary>The derivative of log Γ(x).</summary>
public sealed record DigammaOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => GammaTexts.LogGammaSlope;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Scalars.Run<T, Digamma>(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * x.Polygamma(1);
}

/// <summary>A derivative of the digamma function.</summary>
/// <param name="N">Which one; 0 is the digamma function itself.</param>
public sealed record PolygammaOp(int N) : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => GammaTexts.Derivative(N);

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = T.CreateTruncating(Polygamma.Of(N, double.CreateTruncating(x[i])));
    }

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * x.Polygamma(N + 1);
}

/// <summary>The regularized lower incomplete gamma function: 1/Γ(a) · ∫₀ˣ tᵃ⁻¹·e⁻ᵗ dt. It has a derivative by x alone.</summary>
public sealed record GammaincOp : FloatBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => GammaTexts.Lower;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => Scalars.Run<T, Gammainc>(a, b, y);

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) => (null, grad * Slope(a, b, node, Name));

    internal static Tensor Slope(Tensor a, Tensor x, Node node, string name) => !node.Needs(0) ? ((a - 1).XLogY(x) - x - a.Lgamma()).Exp()
        : throw new NotSupportedException($"{name} has no derivative by its first argument. Detach() it.");
}

/// <summary>The regularized upper incomplete gamma function: 1/Γ(a) · ∫ₓ tᵃ⁻¹·e⁻ᵗ dt. It has a derivative by x alone.</summary>
public sealed record GammainccOp : FloatBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => GammaTexts.Upper;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => Scalars.Run<T, Gammaincc>(a, b, y);

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) => (null, -grad * GammaincOp.Slope(a, b, node, Name));
}

/// <summary>Hurwitz' zeta function: Σ (q + n)⁻ˢ over n ≥ 0. It has a derivative by q alone.</summary>
public sealed record ZetaOp : FloatBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => GammaTexts.Hurwitz;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => Scalars.Run<T, Zeta>(a, b, y);

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (node.Needs(0)) throw new NotSupportedException("Zeta has no derivative by its first argument. Detach() it.");
        return (null, -grad * a * (a + 1).Zeta(b));
    }
}

public static partial class TensorOps
{
    /// <summary>log |Γ(x)|, element by element; ∞ at 0 and the negative whole numbers.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [1, 5]; var y = x.Lgamma();                            // [0, log 24]</code></example>
    public static Tensor Lgamma(this Tensor x) => new LgammaOp().Apply(x);

    /// <summary>The derivative of log Γ(x), element by element; not a number at the negative whole numbers.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <example><code>Tensor x = [1, 2]; var y = x.Digamma();                           // [−0.5772, 0.4228]</code></example>
    public static Tensor Digamma(this Tensor x) => new DigammaOp().Apply(x);

    /// <summary>Derivative number n of the digamma function, element by element.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="n">Which derivative; 0 is the digamma function itself.</param>
    /// <example><code>Tensor x = [1, 2]; var y = x.Polygamma(1);                         // [π²/6, π²/6 − 1]</code></example>
    /// <exception cref="ArgumentOutOfRangeException">n is negative.</exception>
    public static Tensor Polygamma(this Tensor x, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        return n == 0 ? x.Digamma() : new PolygammaOp(n).Apply(x);
    }

    /// <summary>The logarithm of the multivariate gamma function, element by element: log Γ(x) + log Γ(x − ½) + … of p terms, and log π · p·(p − 1)/4.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="p">The dimension, at least 1.</param>
    /// <example><code>Tensor x = [3, 4]; var y = x.Multigammaln(2);</code></example>
    /// <exception cref="ArgumentOutOfRangeException">p is not positive.</exception>
    public static Tensor Multigammaln(this Tensor x, int p)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(p);
        return x.InWide(x =>
        {
            var y = x.Lgamma() + p * (p - 1) / 4.0 * Math.Log(Math.PI);
            for (int j = 1; j < p; j++) y += (x - j / 2.0).Lgamma();
            return y;
        });
    }

    /// <summary>The regularized lower incomplete gamma function of a and x, element by element: 1/Γ(a) · ∫₀ˣ tᵃ⁻¹·e⁻ᵗ dt.</summary>
    /// <param name="a">The exponents a, at least 0.</param>
    /// <param name="x">The limits of the integral, at least 0.</param>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <example><code>Tensor a = [1, 2]; var y = a.Gammainc([1, 1]);                     // [0.6321, 0.2642]</code></example>
    public static Tensor Gammainc(this Tensor a, Tensor x) => new GammaincOp().Apply(a, x);

    /// <summary>The regularized upper incomplete gamma function of a and x, element by element: 1 − Gammainc, without loss where that is small.</summary>
    /// <param name="a">The exponents a, at least 0.</param>
    /// <param name="x">The limits of the integral, at least 0.</param>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <example><code>Tensor a = [1, 2]; var y = a.Gammaincc([1, 1]);                    // [0.3679, 0.7358]</code></example>
    public static Tensor Gammaincc(this Tensor a, Tensor x) => new GammainccOp().Apply(a, x);

    /// <summary>Hurwitz' zeta function of s and q, element by element: Σ (q + n)⁻ˢ over n ≥ 0.</summary>
    /// <param name="s">The exponents, above 1.</param>
    /// <param name="q">From where the sum begins.</param>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <example><code>Tensor s = [2, 4]; var y = s.Zeta(1);                              // [π²/6, π⁴/90]</code></example>
    public static Tensor Zeta(this Tensor s, Tensor q) => new ZetaOp().Apply(s, q);
}
