namespace Candeia.Distributions;

/// <summary>The χ² distribution: the sum of the squares of so many standard normal numbers.</summary>
public sealed class Chi2 : Univariate
{
    readonly Gamma _gamma;

    /// <summary>A batch of distributions.</summary>
    /// <param name="df">How many numbers, above 0; it need not be whole.</param>
    /// <exception cref="ArgumentException">A number is not positive.</exception>
    public Chi2(Tensor df) : base(df = Parameters.One(df))
    {
        Df = Parameters.Positive(df, nameof(df));
        _gamma = new(df / 2, 0.5);
    }

    /// <summary>How many numbers.</summary>
    public Tensor Df { get; }

    /// <inheritdoc/>
    public override bool HasRSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => Df;

    /// <inheritdoc/>
    public override Tensor Variance => 2 * Df;

    /// <inheritdoc/>
    public override Tensor Entropy() => _gamma.Entropy();

    /// <summary>The probability of a value that is not larger. It has no gradient by the number of degrees of freedom.</summary>
    /// <param name="value">Values, [..., batch].</param>
    public override Tensor Cdf(Tensor value) => _gamma.Cdf(value);

    /// <inheritdoc/>
    protected override Tensor Draw(Shape shape, Generator generator) => 2 * Gamma.Standard((Df / 2).Expand(shape), generator);

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value) => _gamma.LogProb(value);

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => value >= 0;

    /// <inheritdoc/>
    protected internal override string SupportText => "of at least 0";
}
