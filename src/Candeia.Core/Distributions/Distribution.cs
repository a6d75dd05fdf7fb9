namespace Candeia.Distributions;

/// <summary>
/// A probability distribution, or a batch of them: what torch.distributions has. A value has the shape sample + batch + event: how many are drawn, how many
/// distributions there are, and what one value of one of them looks like.
/// </summary>
/// <param name="batchShape">How many distributions there are.</param>
/// <param name="eventShape">The shape of one value of one of them.</param>
/// <example><code>
/// var normal = new Normal(mean: [0.0, 10], std: 1.0);                      // two distributions
/// var x = normal.Sample([1000], new Generator(1));                         // [1000, 2]
/// var loss = -normal.LogProb(x).Mean();
/// </code></example>
public abstract class Distribution(Shape batchShape, Shape eventShape)
{
    /// <summary>How many distributions there are.</summary>
    public Shape BatchShape => batchShape;

    /// <summary>The shape of one value of one of them.</summary>
    public Shape EventShape => eventShape;

    /// <summary>Whether values can be drawn so that gradients flow to the parameters.</summary>
    public virtual bool HasRSample => false;

    /// <summary>The expected value, [batch, event].</summary>
    public abstract Tensor Mean { get; }

    /// <summary>The variance, [batch, event].</summary>
    public abstract Tensor Variance { get; }

    /// <summary>The standard deviation, [batch, event].</summary>
    public Tensor StdDev => Variance.Sqrt();

    /// <summary>Draws values, through which no gradient flows.</summary>
    /// <param name="shape">How many of each distribution; by default one, without a dimension.</param>
    /// <param name="generator">Where random numbers come from; by default the thread's.</param>
    /// <returns>[shape, batch, event].</returns>
    public Tensor Sample(Shape shape = default, Generator? generator = null)
    {
        using var noGrad = Autograd.NoGrad();
        return Draw(Extended(shape), generator ?? Generator.Default).Detach();
    }

    /// <summary>Draws values as a function of the parameters, so that gradients flow to them.</summary>
    /// <param name="shape">How many of each distribution; by default one, without a dimension.</param>
    /// <param name="generator">Where random numbers come from; by default the thread's.</param>
    /// <returns>[shape, batch, event].</returns>
    /// <exception cref="NotSupportedException">Values of this distribution are no smooth function of its parameters.</exception>
    public Tensor RSample(Shape shape = default, Generator? generator = null) => HasRSample
        ? Draw(Extended(shape), generator ?? Generator.Default)
        : throw new NotSupportedException($"Values of {GetType().Name} are no smooth function of its parameters: take Sample, and the gradient of LogProb.");

    /// <summary>The logarithm of the density, or of the probability, of values.</summary>
    /// <param name="value">Values, [..., batch, event], whose leading sizes broadcast.</param>
    /// <returns>[..., batch].</returns>
    /// <exception cref="ArgumentException">A value is none that this distribution has.</exception>
    public Tensor LogProb(Tensor value)
    {
        value = Taken(value);
        if (!(bool)Support(value.Detach()).All())
            throw new ArgumentException($"{GetType().Name} has values {SupportText}, and some of those that were given are others.", nameof(value));
        return LogDensity(value);
    }

    /// <summary>The entropy, in nats, [batch].</summary>
    /// <exception cref="NotSupportedException">There is no closed form.</exception>
    public virtual Tensor Entropy() => throw Without("entropy in closed form");

    /// <summary>The probability of a value that is not larger.</summary>
    /// <param name="value">Values, [..., batch].</param>
    /// <exception cref="NotSupportedException">There is no closed form.</exception>
    public virtual Tensor Cdf(Tensor value) => throw Without("distribution function in closed form");

    /// <summary>The value that a drawn one does not exceed with a probability: the inverse of <see cref="Cdf"/>.</summary>
    /// <param name="probability">Probabilities, [..., batch].</param>
    /// <exception cref="NotSupportedException">There is no closed form.</exception>
    public virtual Tensor Icdf(Tensor probability) => throw Without("quantile function in closed form");

    /// <summary>How much information is lost, in nats, where q stands for p: Σ p·log(p / q).</summary>
    /// <param name="p">What is true.</param>
    /// <param name="q">What is believed.</param>
    /// <exception cref="NotSupportedException">There is no closed form for these two.</exception>
    /// <example><code>
    /// var lost = Distribution.KlDivergence(new Normal(0.0, 1.0), new Normal(1.0, 1.0));   // 0.5
    /// </code></example>
    public static Tensor KlDivergence(Distribution p, Distribution q) => Divergences.Of(p, q);

    /// <summary>Draws values of this shape, as a function of the parameters if <see cref="HasRSample"/>.</summary>
    protected abstract Tensor Draw(Shape shape, Generator generator);

    /// <summary>The logarithm of the density of values that this distribution has.</summary>
    protected abstract Tensor LogDensity(Tensor value);

    /// <summary>Which values this distribution has.</summary>
    protected internal abstract Tensor Support(Tensor value);

    /// <summary>The same in words: "that are positive".</summary>
    protected internal abstract string SupportText { get; }

    /// <summary>The element type of the parameters.</summary>
    protected internal abstract DType DType { get; }

    /// <summary>A value as a tensor of the parameters' type, unless it is one that has fractions.</summary>
    private protected virtual Tensor Taken(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.IsNumber || !value.DType.HasGradients() ? value.To(DType) : value;
    }

    Shape Extended(Shape shape) => Shape.Create([.. shape.Sizes, .. BatchShape.Sizes, .. EventShape.Sizes]);

    NotSupportedException Without(string what) => new($"{GetType().Name} has no {what}.");
}
