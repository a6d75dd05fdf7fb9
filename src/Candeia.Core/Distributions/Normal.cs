namespace Candeia.Distributions;

/// <summary>The normal distribution: a bell about a mean.</summary>
public sealed class Normal : Univariate
{
    static readonly double s_log = 0.5 * Math.Log(2 * Math.PI);
    readonly Tensor _mean, _std;

    /// <summary>A batch of distributions, whose parameters broadcast.</summary>
    /// <param name="mean">The means.</param>
    /// <param name="std">The standard deviations, above 0.</param>
    /// <exception cref="ArgumentException">A standard deviation is not positive, or a mean is not finite.</exception>
    public Normal(Tensor mean, Tensor std) : this(Parameters.Two(mean, std))
    {
    }

    Normal((Tensor Mean, Tensor Std) p) : base(p.Mean) => (_mean, _std) = (Parameters.Finite(p.Mean, "mean"), Parameters.Positive(p.Std, "std"));

    /// <inheritdoc/>
    public override bool HasRSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => _mean;

    /// <inheritdoc/>
    public override Tensor Variance => _std.Square();

    internal Tensor Std => _std;

    /// <inheritdoc/>
    public override Tensor Entropy() => _std.Log() + (0.5 + s_log);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => ((Taken(value) - _mean) / _std).Ndtr();

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => _mean + _std * Taken(probability).Ndtri();

    /// <inheritdoc/>
    protected override Tensor Draw(Shape shape, Generator generator) => _mean + _std * Normals(shape, generator);

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value) => ((value - _mean) / _std).Square() * -0.5 - _std.Log() - s_log;

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => Anything(value);

    /// <inheritdoc/>
    protected internal override string SupportText => "that are numbers";
}
