namespace Candeia.Distributions;

/// <summary>The absolute values of normal numbers with mean 0.</summary>
public sealed class HalfNormal : Univariate
{
    /// <summary>A batch of distributions.</summary>
    /// <param name="scale">The standard deviations of the normal numbers, above 0.</param>
    /// <exception cref="ArgumentException">A scale is not positive.</exception>
    public HalfNormal(Tensor scale) : base(scale = Parameters.One(scale)) => Scale = Parameters.Positive(scale, nameof(scale));

    /// <summary>The standard deviations of the normal numbers.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override bool HasRSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => Scale * Math.Sqrt(2 / Math.PI);

    /// <inheritdoc/>
    public override Tensor Variance => Scale.Square() * (1 - 2 / Math.PI);

    /// <inheritdoc/>
    public override Tensor Entropy() => Scale.Log() + 0.5 * Math.Log(Math.PI / 2) + 0.5;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => (Taken(value) / (Scale * Math.Sqrt(2))).Erf();

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Taken(probability).Erfinv() * (Scale * Math.Sqrt(2));

    /// <inheritdoc/>
    protected override Tensor Draw(Shape shape, Generator generator) => Scale * Normals(shape, generator).Abs();

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value) => (value / Scale).Square() * -0.5 - Scale.Log() + 0.5 * Math.Log(2 / Math.PI);

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => value >= 0;

    /// <inheritdoc/>
    protected internal override string SupportText => "of at least 0";
}
