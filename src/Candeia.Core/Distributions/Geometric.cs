namespace Candeia.Distributions;

/// <summary>How many trials fail before the first succeeds: 0, 1, …</summary>
public sealed class Geometric : Univariate
{
    /// <summary>A batch of distributions, by their probabilities or by their logits.</summary>
    /// <param name="probs">The probabilities that a trial succeeds, above 0.</param>
    /// <param name="logits">log(p / (1 − p)), of any size.</param>
    /// <exception cref="ArgumentException">Neither is given, or both; or a probability is not above 0 and at most 1.</exception>
    public Geometric(Tensor? probs = null, Tensor? logits = null) : this(Odds.Of(probs, logits))
    {
    }

    Geometric(Odds odds) : base(odds.Probs) => (Probs, Logits) = (Parameters.Positive(odds.Probs, "probs"), odds.Logits);

    /// <summary>The probabilities that a trial succeeds.</summary>
    public Tensor Probs { get; }

    /// <summary>log(p / (1 − p)).</summary>
    public Tensor Logits { get; }

    /// <inheritdoc/>
    public override Tensor Mean => 1 / Probs - 1;

    /// <inheritdoc/>
    public override Tensor Variance => (1 / Probs - 1) / Probs;

    /// <inheritdoc/>
    public override Tensor Entropy() => Odds.Cost(Logits, Probs) / Probs;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => (1 - (1 - Probs).Pow(Taken(value).Floor() + 1)).MaskedFill(Taken(value) < 0, 0);

    /// <inheritdoc/>
    protected override Tensor Draw(Shape shape, Generator generator)
    {
        double tiny = Finfo.Of(DType).Tiny;
        return (Uniforms(shape, generator).Log() / (-Probs).Log1p().Clamp(max: -tiny)).Floor();
    }

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value) => value.XLog1py(-Probs) + Probs.Log();

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => Counts(value);

    /// <inheritdoc/>
    protected internal override string SupportText => "that are whole and at least 0";
}
