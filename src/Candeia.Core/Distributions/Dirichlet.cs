namespace Candeia.Distributions;

/// <summary>Dirichlet's distribution: of the probabilities of some classes, of which so much is known.</summary>
public sealed class Dirichlet : Distribution
{
    /// <summary>A batch of distributions.</summary>
    /// <param name="concentration">How much speaks for each class, [batch, classes], above 0.</param>
    /// <exception cref="ArgumentException">A concentration is not positive.</exception>
    public Dirichlet(Tensor concentration) : base((concentration = Parameters.One(concentration)).Rank > 0 ? concentration.Shape.Slice(0, concentration.Rank - 1)
        : throw new ShapeException("Dirichlet needs a concentration for each class, [batch, classes], not a number."), [concentration.Shape[^1]]) =>
        Concentration = Parameters.Positive(concentration, nameof(concentration));

    /// <summary>How much speaks for each class.</summary>
    public Tensor Concentration { get; }

    Tensor Total => Concentration.Sum([-1], keepDim: true);

    /// <inheritdoc/>
    public override bool HasRSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => Concentration / Total;

    /// <inheritdoc/>
    public override Tensor Variance => Concentration * (Total - Concentration) / (Total.Square() * (Total + 1));

    /// <inheritdoc/>
    protected internal override DType DType => Concentration.DType;

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        var total = Concentration.Sum(-1);
        return Concentration.Lgamma().Sum(-1) - total.Lgamma() - (EventShape[0] - total) * total.Digamma() - ((Concentration - 1) * Concentration.Digamma()).Sum(-1);
    }

    /// <inheritdoc/>
    protected override Tensor Draw(Shape shape, Generator generator)
    {
        var x = Gamma.Standard(Concentration.Expand(shape), generator);
        return x / x.Sum([-1], keepDim: true);
    }

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value) => (Concentration - 1).XLogY(value).Sum(-1) + Concentration.Sum(-1).Lgamma() - Concentration.Lgamma().Sum(-1);

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => (value >= 0).All(-1) & ((value.Sum(-1) - 1).Abs() < 1e-6 + 8 * Finfo.Of(value.DType).Eps);

    /// <inheritdoc/>
    protected internal override string SupportText => "that are probabilities with the sum 1";
}
