namespace Candeia.Distributions;

/// <summary>How often something happens in a unit of time, which does so at a rate.</summary>
public sealed class Poisson : Univariate
{
    /// <summary>A batch of distributions.</summary>
    /// <param name="rate">The expected numbers, at least 0.</param>
    /// <exception cref="ArgumentException">A rate is negative.</exception>
    public Poisson(Tensor rate) : base(rate = Parameters.One(rate)) => Rate = Parameters.Check(rate, rate.Detach() >= 0, nameof(rate), "at least 0");

    /// <summary>The expected numbers.</summary>
    public Tensor Rate { get; }

    /// <inheritdoc/>
    public override Tensor Mean => Rate;

    /// <inheritdoc/>
    public override Tensor Variance => Rate;

    /// <summary>The probability of a value that is not larger. It has a gradient by the rate.</summary>
    /// <param name="value">Values, [..., batch].</param>
    public override Tensor Cdf(Tensor value) => (Taken(value).Detach().Floor() + 1).Clamp(min: 1).Gammaincc(Rate).MaskedFill(Taken(value) < 0, 0);

    /// <inheritdoc/>
    protected override Tensor Draw(Shape shape, Generator generator) => Rate.Detach().Expand(shape).Poisson(generator);

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value) => value.XLogY(Rate) - Rate - (value + 1).Lgamma();

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => Counts(value);

    /// <inheritdoc/>
    protected internal override string SupportText => "that are whole and at least 0";
}
