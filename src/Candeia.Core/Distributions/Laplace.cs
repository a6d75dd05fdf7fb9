namespace Candeia.Distributions;

/// <summary>Laplace's distribution: an exponential one to both sides of a location.</summary>
public sealed class Laplace : Univariate
{
    readonly Tensor _location, _scale;

    /// <summary>A batch of distributions, whose parameters broadcast.</summary>
    /// <param name="location">The middles.</param>
    /// <param name="scale">The mean distances from the middle, above 0.</param>
    /// <exception cref="ArgumentException">A scale is not positive.</exception>
    public Laplace(Tensor location, Tensor scale) : this(Parameters.Two(location, scale))
    {
    }

    Laplace((Tensor Location, Tensor Scale) p) : base(p.Location) => (_location, _scale) = (p.Location, Parameters.Positive(p.Scale, "scale"));

    /// <inheritdoc/>
    public override bool HasRSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => _location;

    /// <inheritdoc/>
    public override Tensor Variance => 2 * _scale.Square();

    internal Tensor Scale => _scale;

    /// <inheritdoc/>
    public override Tensor Entropy() => (2 * _scale).Log() + 1;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value)
    {
        var z = (Taken(value) - _location) / _scale;
        return 0.5 - 0.5 * z.Sign() * (-z.Abs()).Expm1();
    }

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability)
    {
        var u = Taken(probability) - 0.5;
        return _location - _scale * u.Sign() * (-2 * u.Abs()).Log1p();
    }

    /// <inheritdoc/>
    protected override Tensor Draw(Shape shape, Generator generator) => Icdf(Uniforms(shape, generator));

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value) => -(value - _location).Abs() / _scale - (2 * _scale).Log();

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => Anything(value);

    /// <inheritdoc/>
    protected internal override string SupportText => "that are numbers";
}
