namespace Candeia.Distributions;

/// <summary>The divergences of Kullback and Leibler that there are in closed form.</summary>
internal static class Divergences
{
    public static Tensor Of(Distribution p, Distribution q)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        return (p, q) switch
        {
            (Normal a, Normal b) => 0.5 * (a.Variance / b.Variance + (a.Mean - b.Mean).Square() / b.Variance - 1 - (a.Variance / b.Variance).Log()),
            (LogNormal a, LogNormal b) => Of(a.Logarithm, b.Logarithm),
            (HalfNormal a, HalfNormal b) => 0.5 * ((a.Scale / b.Scale).Square() - 1 - (a.Scale / b.Scale).Square().Log()),
            (Uniform a, Uniform b) => ((b.High - b.Low) / (a.High - a.Low)).Log().MaskedFill((b.Low > a.Low) | (b.High < a.High), double.PositiveInfinity),
            (Laplace a, Laplace b) => LaplaceOf(a, b),
            (Exponential a, Exponential b) => b.Rate / a.Rate - (b.Rate / a.Rate).Log() - 1,
            (Gamma a, Gamma b) => GammaOf(a.Concentration, a.Rate, b.Concentration, b.Rate),
            (Chi2 a, Chi2 b) => GammaOf(a.Df / 2, Tensor.OnesLike(a.Df) / 2, b.Df / 2, Tensor.OnesLike(b.Df) / 2),
            (Beta a, Beta b) => BetaOf(a, b),
            (Dirichlet a, Dirichlet b) => DirichletOf(a.Concentration, b.Concentration),
            (Bernoulli a, Bernoulli b) => Odds.Cost(b.Logits, a.Probs) - Odds.Cost(a.Logits, a.Probs),
            (Geometric a, Geometric b) => -a.Entropy() - (-b.Probs).Log1p() / a.Probs - b.Logits,
            (Poisson a, Poisson b) => a.Rate * (a.Rate.Log() - b.Rate.Log()) - (a.Rate - b.Rate),
            (Binomial a, Binomial b) => BinomialOf(a, b),
            (Categorical a, Categorical b) => CategoricalOf(a, b),
            (OneHotCategorical a, OneHotCategorical b) => CategoricalOf(a.Classes, b.Classes),
            (MultivariateNormal a, MultivariateNormal b) => MultivariateOf(a, b),
            (Independent a, Independent b) when a.Dims == b.Dims => a.Summed(Of(a.Inner, b.Inner)),
            (TransformedDistribution a, TransformedDistribution b) when a.Transforms.SequenceEqual(b.Transforms) => Of(a.Base, b.Base),
            _ => throw new NotSupportedException($"There is no closed form of the divergence of {p.GetType().Name} from {q.GetType().Name}: take the mean of p.LogProb(x) − q.LogProb(x) for x drawn from p."),
        };
    }

    static Tensor LaplaceOf(Laplace a, Laplace b)
    {
        Tensor ratio = a.Scale / b.Scale, apart = (a.Mean - b.Mean).Abs();
        return -ratio.Log() + apart / b.Scale + ratio * (-apart / a.Scale).Exp() - 1;
    }

    static Tensor GammaOf(Tensor a, Tensor rate, Tensor b, Tensor other) =>
        b * (rate / other).Log() + b.Lgamma() - a.Lgamma() + (a - b) * a.Digamma() + (other - rate) * (a / rate);

    static Tensor BetaOf(Beta p, Beta q)
    {
        Tensor a = p.Concentration1, b = p.Concentration0, c = q.Concentration1, d = q.Concentration0;
        return q.LogNormalizer - p.LogNormalizer + (a - c) * a.Digamma() + (b - d) * b.Digamma() + (c + d - a - b) * (a + b).Digamma();
    }

    static Tensor DirichletOf(Tensor a, Tensor b)
    {
        Tensor all = a.Sum([-1], keepDim: true);
        return all.Squeeze(-1).Lgamma() - b.Sum(-1).Lgamma() - (a.Lgamma() - b.Lgamma()).Sum(-1) + ((a - b) * (a.Digamma() - all.Digamma())).Sum(-1);
    }

    static Tensor BinomialOf(Binomial a, Binomial b)
    {
        var same = a.TotalCount.Detach().Eq(b.TotalCount.Detach());
        if (!(bool)same.All()) throw new NotSupportedException("The divergence of binomial distributions is known where both have the same number of trials.");
        return a.TotalCount * (a.Probs * (a.Logits - b.Logits) + (-a.Probs).Log1p() - (-b.Probs).Log1p());
    }

    static Tensor CategoricalOf(Categorical a, Categorical b)
    {
        var each = a.Probs * (a.Logits - b.Logits);
        each = (b.Probs.Eq(0) & a.Probs > 0).Where(double.PositiveInfinity, each);
        return a.Probs.Eq(0).Where(0, each).Sum(-1);
    }

    static Tensor MultivariateOf(MultivariateNormal a, MultivariateNormal b)
    {
        var spread = Linalg.SolveTriangular(b.ScaleTril, a.ScaleTril, upper: false).Square().Sum(-1, -2);
        var apart = Linalg.SolveTriangular(b.ScaleTril, (b.Mean - a.Mean).Unsqueeze(-1), upper: false).Square().Sum(-1, -2);
        return b.HalfLogDet - a.HalfLogDet + 0.5 * (spread + apart - a.EventShape[0]);
    }
}
