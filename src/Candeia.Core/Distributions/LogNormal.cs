namespace Candeia.Distributions;

/// <summary>Numbers whose logarithms are normal.</summary>
public sealed class LogNormal : Univariate
{
    /// <summary>A batch of distributions, whose parameters broadcast.</summary>
    /// <param name="mean">The means of the logarithms.</param>
    /// <param name="std">Their standard deviations, above 0.</param>
    /// <exception cref="ArgumentException">A standard deviation is not positive, or a mean is not finite.</exception>
    public LogNormal(Tensor mean, Tensor std) : this(new Normal(mean, std))
    {
    }

    LogNormal(Normal logarithm) : base(logarithm.Mean) => Logarithm = logarithm;

    /// <summary>The distribution of the logarithms.</summary>
    public Normal Logarithm { get; }

    /// <inheritdoc/>
    public override bool HasRSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => (Logarithm.Mean + Logarithm.Variance / 2).Exp();

    /// <inheritdoc/>
    public override Tensor Variance => Logarithm.Variance.Expm1() * (2 * Logarithm.Mean + Logarithm.Variance).Exp();

    /// <inheritdoc/>
    public override Tensor Entropy() => Logarithm.Entropy() + Logarithm.Mean;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Logarithm.Cdf(Taken(value).Log());

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Logarithm.Icdf(probability).Exp();

    /// <inheritdoc/>
    protected override Tensor Draw(Shape shape, Generator generator) => (Logarithm.Mean + Logarithm.Std * Normals(shape, generator)).Exp();

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value)
    {
        var log = value.Log();
        return Logarithm.LogProb(log) - log;
    }

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => value > 0;

    /// <inheritdoc/>
    protected internal override string SupportText => "that are positive";
}
