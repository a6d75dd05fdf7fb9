namespace Candeia.Distributions;

/// <summary>The uniform distribution: every number between two bounds is as likely.</summary>
public sealed class Uniform : Univariate
{
    /// <summary>A batch of distributions, whose parameters broadcast.</summary>
    /// <param name="low">The lower bounds.</param>
    /// <param name="high">The upper bounds, above the lower ones.</param>
    /// <exception cref="ArgumentException">A lower bound is not below its upper one.</exception>
    public Uniform(Tensor low, Tensor high) : this(Parameters.Two(low, high))
    {
    }

    Uniform((Tensor Low, Tensor High) p) : base(p.Low) => (Low, High) = (p.Low, Parameters.Check(p.High, p.Low.Detach() < p.High.Detach(), "high", "above low"));

    /// <summary>The lower bounds.</summary>
    public Tensor Low { get; }

    /// <summary>The upper bounds.</summary>
    public Tensor High { get; }

    /// <inheritdoc/>
    public override bool HasRSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => (Low + High) / 2;

    /// <inheritdoc/>
    public override Tensor Variance => (High - Low).Square() / 12;

    /// <inheritdoc/>
    public override Tensor Entropy() => (High - Low).Log();

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => ((Taken(value) - Low) / (High - Low)).Clamp(0, 1);

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Low + (High - Low) * Taken(probability);

    /// <inheritdoc/>
    protected override Tensor Draw(Shape shape, Generator generator) => Low + (High - Low) * Tensor.Rand(shape, DType, generator, Low.Device);

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value) => Tensor.ZerosLike(value) - (High - Low).Log();

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => (value >= Low.Detach()) & (value <= High.Detach());

    /// <inheritdoc/>
    protected internal override string SupportText => "from low to high";
}
