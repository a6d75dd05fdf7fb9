using D = Candeia.Distributions;

namespace Candeia.Tests;

public class GoldenDistributionTests
{
    /// <summary>The distribution of a case; a prefix tells apart two in one case.</summary>
    static D.Distribution Make(GoldenCall c, string op, string prefix = "")
    {
        Tensor P(string name) => c.Named(prefix + name)!;
        return op switch
        {
            "normal" => new D.Normal(P("loc"), P("scale")),
            "log_normal" => new D.LogNormal(P("loc"), P("scale")),
            "half_normal" => new D.HalfNormal(P("scale")),
            "uniform" => new D.Uniform(P("low"), P("high")),
            "laplace" => new D.Laplace(P("loc"), P("scale")),
            "exponential" => new D.Exponential(P("rate")),
            "gamma" => new D.Gamma(P("concentration"), P("rate")),
            "chi2" => new D.Chi2(P("df")),
            "beta" => new D.Beta(P("concentration1"), P("concentration0")),
            "student_t" => new D.StudentT(P("df"), P("loc"), P("scale")),
            "bernoulli" => new D.Bernoulli(P("probs")),
            "bernoulli_logits" => new D.Bernoulli(logits: P("logits")),
            "geometric" => new D.Geometric(P("probs")),
            "poisson" => new D.Poisson(P("rate")),
            "binomial" => new D.Binomial(P("total_count"), P("probs")),
            "categorical" => new D.Categorical(P("probs")),
            "categorical_logits" => new D.Categorical(logits: P("logits")),
            "one_hot_categorical" => new D.OneHotCategorical(P("probs")),
            "multinomial" => new D.Multinomial(4, P("probs")),
            "dirichlet" => new D.Dirichlet(P("concentration")),
            "multivariate_normal" => new D.MultivariateNormal(P("loc"), scaleTril: P("scale_tril")),
            "mixture" => new D.MixtureSameFamily(new D.Categorical(P("w")), new D.Normal(P("m"), P("s"))),
            "independent" => new D.Independent(new D.Normal(P("m"), P("s")), 1),
            "squashed" => new D.TransformedDistribution(new D.Normal(P("m"), P("s")), new D.AffineTransform(0.5, -2.0), new D.TanhTransform()),
            "logistic" => new D.TransformedDistribution(new D.Normal(P("m"), P("s")), new D.SigmoidTransform(), new D.PowerTransform(2.0)),
            _ => throw new ArgumentException(op),
        };
    }

    static Tensor[] Compute(GoldenCall c, string op)
    {
        var d = Make(c, op);
        string what = c.Case.Label.Split(' ')[0];
        var y = what switch
        {
            "log_prob" => d.LogProb(c[0]),
            "mean" => d.Mean,
            "variance" => d.Variance,
            "entropy" => d.Entropy(),
            "cdf" => d.Cdf(c[0]),
            "icdf" => d.Icdf(c[0]),
            "kl" => D.Distribution.KlDivergence(d, Make(c, op, "q_")),
            _ => throw new ArgumentException(what),
        };
        return [y];
    }

    public static TheoryData<string> Ops => [.. Golden.Open("distributions").Cases.Select(c => c.Op).Distinct()];

    [Theory, MemberData(nameof(Ops))]
    public void Agrees_with_PyTorch(string op) => GoldenCall.Check("distributions", op, c => Compute(c, op));
}
