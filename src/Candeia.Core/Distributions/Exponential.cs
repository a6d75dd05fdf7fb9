namespace Candeia.Distributions;

/// <summary>The exponential distribution: the time until something happens that does so at a rate.</summary>
public sealed class Exponential : Univariate
{
    /// <summary>A batch of distributions.</summary>
    /// <param name="rate">How often it happens in a unit of time, above 0.</param>
    /// <exception cref="ArgumentException">A rate is not positive.</exception>
    public Exponential(Tensor rate) : base(rate = Parameters.One(rate)) => Rate = Parameters.Positive(rate, nameof(rate));

    /// <summary>How often it happens in a unit of time.</summary>
    public Tensor Rate { get; }

    /// <inheritdoc/>
    public override bool HasRSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => Rate.Reciprocal();

    /// <inheritdoc/>
    public override Tensor Variance => Rate.Pow(-2);

    /// <inheritdoc/>
    public override Tensor Entropy() => 1 - Rate.Log();

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => -(-Rate * Taken(value)).Expm1();

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => -(-Taken(probability)).Log1p() / Rate;

    /// <inheritdoc/>
    protected override Tensor Draw(Shape shape, Generator generator) => -Uniforms(shape, generator).Log() / Rate;

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value) => Rate.Log() - Rate * value;

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => value >= 0;

    /// <inheritdoc/>
    protected internal override string SupportText => "of at least 0";
}
