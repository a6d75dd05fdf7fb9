namespace Candeia.Distributions;

/// <summary>Student's t distribution: a bell with heavy tails, heavier the fewer degrees of freedom there are.</summary>
public sealed class StudentT : Univariate
{
    readonly Tensor _df, _location, _scale;

    /// <summary>A batch of distributions, whose parameters broadcast.</summary>
    /// <param name="df">The degrees of freedom, above 0.</param>
    /// <param name="location">The middles; by default 0.</param>
    /// <param name="scale">The widths, above 0; by default 1.</param>
    /// <exception cref="ArgumentException">Degrees of freedom or a width are not positive.</exception>
    public StudentT(Tensor df, Tensor? location = null, Tensor? scale = null) : this(Parameters.Three(df, location ?? 0.0, scale ?? 1.0))
    {
    }

    StudentT((Tensor Df, Tensor Location, Tensor Scale) p) : base(p.Df) => (_df, _location, _scale) = (Parameters.Positive(p.Df, "df"), p.Location, Parameters.Positive(p.Scale, "scale"));

    /// <inheritdoc/>
    public override bool HasRSample => true;

    /// <summary>The expected value: not a number up to one degree of freedom.</summary>
    public override Tensor Mean => _location.MaskedFill(_df <= 1, double.NaN);

    /// <summary>The variance: not a number up to one degree of freedom, infinite up to two.</summary>
    public override Tensor Variance => (_scale.Square() * _df / (_df - 2).MaskedFill(_df <= 2, 1)).MaskedFill(_df <= 2, double.PositiveInfinity).MaskedFill(_df <= 1, double.NaN);

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        Tensor half = _df / 2, more = (_df + 1) / 2;
        return _scale.Log() + more * (more.Digamma() - half.Digamma()) + 0.5 * _df.Log() + half.Lgamma() + 0.5 * Math.Log(Math.PI) - more.Lgamma();
    }

    /// <inheritdoc/>
    protected override Tensor Draw(Shape shape, Generator generator)
    {
        var chi2 = 2 * Gamma.Standard((_df / 2).Expand(shape), generator);
        return _location + _scale * Normals(shape, generator) * (_df / chi2).Sqrt();
    }

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value)
    {
        var z = (value - _location) / _scale;
        return ((_df + 1) / 2).Lgamma() - (_df / 2).Lgamma() - 0.5 * (_df * Math.PI).Log() - _scale.Log() - (_df + 1) / 2 * (z.Square() / _df).Log1p();
    }

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => Anything(value);

    /// <inheritdoc/>
    protected internal override string SupportText => "that are numbers";
}
