namespace Candeia.Distributions;

/// <summary>1 with a probability, else 0.</summary>
public sealed class Bernoulli : Univariate
{
    /// <summary>A batch of distributions, by their probabilities or by their logits.</summary>
    /// <param name="probs">The probabilities of 1.</param>
    /// <param name="logits">log(p / (1 − p)), of any size.</param>
    /// <exception cref="ArgumentException">Neither is given, or both; or a probability is not from 0 to 1.</exception>
    public Bernoulli(Tensor? probs = null, Tensor? logits = null) : this(Odds.Of(probs, logits))
    {
    }

    Bernoulli(Odds odds) : base(odds.Probs) => (Probs, Logits) = (odds.Probs, odds.Logits);

    /// <summary>The probabilities of 1.</summary>
    public Tensor Probs { get; }

    /// <summary>log(p / (1 − p)).</summary>
    public Tensor Logits { get; }

    /// <inheritdoc/>
    public override Tensor Mean => Probs;

    /// <inheritdoc/>
    public override Tensor Variance => Probs * (1 - Probs);

    /// <inheritdoc/>
    public override Tensor Entropy() => Odds.Cost(Logits, Probs);

    /// <inheritdoc/>
    protected override Tensor Draw(Shape shape, Generator generator) => (Tensor.Rand(shape, DType, generator, Probs.Device) < Probs).To(DType);

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value) => -Odds.Cost(Logits, value);

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => value.Eq(0) | value.Eq(1);

    /// <inheritdoc/>
    protected internal override string SupportText => "that are 0 or 1";
}

/// <summary>Probabilities and logits, of which one is given.</summary>
internal readonly record struct Odds(Tensor Probs, Tensor Logits)
{
    public static Odds Of(Tensor? probs, Tensor? logits)
    {
        if (!Parameters.IsFirst(probs, logits, "probs", "logits")) return new((logits = Parameters.One(logits!)).Sigmoid(), logits);
        var p = Parameters.Probability(Parameters.One(probs!), nameof(probs));
        double eps = Finfo.Of(p.DType).Eps;
        var inside = p.Clamp(eps, 1 - eps);
        return new(p, inside.Log() - (-inside).Log1p());
    }

    /// <summary>−(t·log p + (1 − t)·log(1 − p)).</summary>
    public static Tensor Cost(Tensor logits, Tensor target) => logits.Maximum(0) - logits * target + (-logits.Abs()).Exp().Log1p();
}
