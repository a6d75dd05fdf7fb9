namespace Candeia.Distributions;

/// <summary>How many of some trials succeed.</summary>
public sealed class Binomial : Univariate
{
    const int Few = 16;

    /// <summary>A batch of distributions, by their probabilities or by their logits.</summary>
    /// <param name="totalCount">How many trials, whole and at least 0.</param>
    /// <param name="probs">The probabilities that one succeeds.</param>
    /// <param name="logits">log(p / (1 − p)), of any size.</param>
    /// <exception cref="ArgumentException">Of probs and logits neither is given, or both; or something is out of its bounds.</exception>
    public Binomial(Tensor totalCount, Tensor? probs = null, Tensor? logits = null) : this(totalCount, Odds.Of(probs, logits))
    {
    }

    Binomial(Tensor totalCount, Odds odds) : this(Parameters.Two(odds.Probs, totalCount), odds.Logits)
    {
    }

    Binomial((Tensor Probs, Tensor Count) p, Tensor logits) : base(p.Probs) =>
        (Probs, TotalCount, Logits) = (p.Probs, Parameters.Check(p.Count, Counts(p.Count.Detach()), "totalCount", "whole and at least 0"), logits.Expand(p.Probs.Shape));

    /// <summary>How many trials.</summary>
    public Tensor TotalCount { get; }

    /// <summary>The probabilities that one succeeds.</summary>
    public Tensor Probs { get; }

    /// <summary>log(p / (1 − p)).</summary>
    public Tensor Logits { get; }

    /// <inheritdoc/>
    public override Tensor Mean => TotalCount * Probs;

    /// <inheritdoc/>
    public override Tensor Variance => TotalCount * Probs * (1 - Probs);

    /// <summary>The entropy, in nats: a sum over all counts, which must be equal in all distributions of the batch.</summary>
    /// <exception cref="NotSupportedException">The counts differ.</exception>
    public override Tensor Entropy()
    {
        int most = (int)TotalCount.Detach().Max().Item();
        if (!(bool)TotalCount.Detach().Eq(most).All()) throw new NotSupportedException("The entropy of Binomial is a sum over all counts; it needs the same count in all distributions of the batch.");
        int[] shape = [most + 1, .. Enumerable.Repeat(1, BatchShape.Rank)];
        var each = LogProb(Tensor.Arange(most + 1, Probs.Device).To(DType).Reshape(shape).Expand([most + 1, .. BatchShape.Sizes]));
        return -(each.Exp() * each).Sum(0);
    }

    /// <summary>
    /// The middle one of many trials' uniform numbers has a beta distribution, and on each of its sides there are half as many (Devroye, "Non-Uniform Random
    /// Variate Generation", 1986, X.4.3): so the trials are halved until few are left.
    /// </summary>
    protected override Tensor Draw(Shape shape, Generator generator)
    {
        Tensor n = TotalCount.Detach().Expand(shape), p = Probs.Detach().Expand(shape), count = Tensor.ZerosLike(p);
        while (n.Numel > 0 && n.Max().Item() > Few)
        {
            var halves = n > Few;
            var middle = ((n + 1) / 2).Floor().Clamp(min: 1);
            Tensor x = middle.StandardGamma(generator), y = (n + 1 - middle).Clamp(min: 1).StandardGamma(generator), at = x / (x + y);
            var below = at <= p;
            count += (halves & below).Where(middle, 0);
            p = halves.Where(below.Where((p - at) / (1 - at), p / at).Clamp(0, 1), p);
            n = halves.Where(below.Where(n - middle, middle - 1), n);
        }
        for (int i = 0; i < Few; i++) count += ((n > i) & (Tensor.Rand(shape, DType, generator, p.Device) < p)).To(DType);
        return count;
    }

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value)
    {
        var choose = (TotalCount + 1).Lgamma() - (value + 1).Lgamma() - (TotalCount - value + 1).Lgamma();
        return choose + value * Logits - TotalCount * (Logits.Maximum(0) + (-Logits.Abs()).Exp().Log1p());
    }

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => Counts(value) & (value <= TotalCount.Detach());

    /// <inheritdoc/>
    protected internal override string SupportText => "that are whole and from 0 to the number of trials";
}
