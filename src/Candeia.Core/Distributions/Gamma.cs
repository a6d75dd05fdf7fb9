namespace Candeia.Distributions;

/// <summary>The gamma distribution: the time until something has happened so many times, which it does at a rate.</summary>
public sealed class Gamma : Univariate
{
    /// <summary>A batch of distributions, whose parameters broadcast.</summary>
    /// <param name="concentration">How many times, above 0; it need not be whole.</param>
    /// <param name="rate">How often it happens in a unit of time, above 0.</param>
    /// <exception cref="ArgumentException">A parameter is not positive.</exception>
    public Gamma(Tensor concentration, Tensor rate) : this(Parameters.Two(concentration, rate))
    {
    }

    Gamma((Tensor A, Tensor Rate) p) : base(p.A) => (Concentration, Rate) = (Parameters.Positive(p.A, "concentration"), Parameters.Positive(p.Rate, "rate"));

    /// <summary>How many times.</summary>
    public Tensor Concentration { get; }

    /// <summary>How often it happens in a unit of time.</summary>
    public Tensor Rate { get; }

    /// <inheritdoc/>
    public override bool HasRSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => Concentration / Rate;

    /// <inheritdoc/>
    public override Tensor Variance => Concentration / Rate.Square();

    /// <inheritdoc/>
    public override Tensor Entropy() => Concentration - Rate.Log() + Concentration.Lgamma() + (1 - Concentration) * Concentration.Digamma();

    /// <summary>The probability of a value that is not larger. It has no gradient by the concentration.</summary>
    /// <param name="value">Values, [..., batch].</param>
    public override Tensor Cdf(Tensor value) => Concentration.Gammainc(Rate * Taken(value));

    /// <inheritdoc/>
    protected override Tensor Draw(Shape shape, Generator generator) => Standard(Concentration.Expand(shape), generator) / Rate;

    /// <summary>Numbers of rate 1; none is 0, also where the type has no smaller one.</summary>
    internal static Tensor Standard(Tensor concentration, Generator generator)
    {
        var drawn = concentration.Detach().StandardGamma(generator).Clamp(min: Finfo.Of(concentration.DType).Tiny);
        return concentration.RequiresGrad ? new GammaPathOp().Apply(concentration, drawn) : drawn;
    }

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value) => Concentration.XLogY(Rate) + (Concentration - 1).XLogY(value) - Rate * value - Concentration.Lgamma();

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => value >= 0;

    /// <inheritdoc/>
    protected internal override string SupportText => "of at least 0";
}
