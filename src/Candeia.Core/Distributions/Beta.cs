namespace Candeia.Distributions;

/// <summary>The beta distribution: of a probability of which so much is known.</summary>
public sealed class Beta : Univariate
{
    readonly Tensor _a, _b;

    /// <summary>A batch of distributions, whose parameters broadcast.</summary>
    /// <param name="concentration1">How much speaks for 1, above 0.</param>
    /// <param name="concentration0">How much speaks for 0, above 0.</param>
    /// <exception cref="ArgumentException">A concentration is not positive.</exception>
    public Beta(Tensor concentration1, Tensor concentration0) : this(Parameters.Two(concentration1, concentration0))
    {
    }

    Beta((Tensor A, Tensor B) p) : base(p.A) => (_a, _b) = (Parameters.Positive(p.A, "concentration1"), Parameters.Positive(p.B, "concentration0"));

    /// <inheritdoc/>
    public override bool HasRSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => _a / (_a + _b);

    /// <inheritdoc/>
    public override Tensor Variance => _a * _b / ((_a + _b).Square() * (_a + _b + 1));

    internal Tensor Concentration1 => _a;

    internal Tensor Concentration0 => _b;

    internal Tensor LogNormalizer => _a.Lgamma() + _b.Lgamma() - (_a + _b).Lgamma();

    /// <inheritdoc/>
    public override Tensor Entropy() => LogNormalizer - (_a - 1) * _a.Digamma() - (_b - 1) * _b.Digamma() + (_a + _b - 2) * (_a + _b).Digamma();

    /// <inheritdoc/>
    protected override Tensor Draw(Shape shape, Generator generator)
    {
        Tensor x = Gamma.Standard(_a.Expand(shape), generator), y = Gamma.Standard(_b.Expand(shape), generator);
        return (x / (x + y)).Clamp(Finfo.Of(DType).Tiny, 1 - Finfo.Of(DType).Eps / 2);
    }

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value) => (_a - 1).XLogY(value) + (_b - 1).XLog1py(-value) - LogNormalizer;

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => (value >= 0) & (value <= 1);

    /// <inheritdoc/>
    protected internal override string SupportText => "from 0 to 1";
}
