"""Probability distributions: densities, entropies, moments, distribution functions and divergences, with their gradients."""
import torch
from torch import distributions as D

from record import Family, values

POSITIVE = dict(low=0.25, high=3)


def v(*shape, key, **limits): return values(*shape, key=key, **limits)


def whole(*shape, high, key): return torch.floor(values(*shape, low=0, high=high, key=key)).clamp(0, high)


# name: (class, parameters, value, whether values are smooth, whether there are cdf and icdf)
def table():
    p = dict(low=0.1, high=0.9)
    simplex = values(2, 3, low=0.1, high=1, key="s")
    positive = values(2, 3, 3, low=-1, high=1, key="c")
    covariance = positive @ positive.mT + torch.eye(3, dtype=torch.float64)
    return dict(
        normal=(D.Normal, dict(loc=v(3, key="m"), scale=v(3, key="s", **POSITIVE)), v(4, 3, key="x"), True, True, True),
        log_normal=(D.LogNormal, dict(loc=v(3, key="m"), scale=v(3, key="s", **POSITIVE)), v(4, 3, key="x", low=0.1, high=4), True, True, True),
        half_normal=(D.HalfNormal, dict(scale=v(3, key="s", **POSITIVE)), v(4, 3, key="x", low=0.1, high=4), True, True, True),
        uniform=(D.Uniform, dict(low=v(3, key="l", low=-3, high=-1), high=v(3, key="h", low=1, high=3)), v(4, 3, key="x", low=-1, high=1), True, True, True),
        laplace=(D.Laplace, dict(loc=v(3, key="m"), scale=v(3, key="s", **POSITIVE)), v(4, 3, key="x"), True, True, True),
        exponential=(D.Exponential, dict(rate=v(3, key="r", **POSITIVE)), v(4, 3, key="x", low=0.1, high=4), True, True, True),
        gamma=(D.Gamma, dict(concentration=v(3, key="a", **POSITIVE), rate=v(3, key="r", **POSITIVE)), v(4, 3, key="x", low=0.1, high=4), True, False, False),
        chi2=(D.Chi2, dict(df=v(3, key="d", **POSITIVE)), v(4, 3, key="x", low=0.1, high=4), True, False, False),
        beta=(D.Beta, dict(concentration1=v(3, key="a", **POSITIVE), concentration0=v(3, key="b", **POSITIVE)), v(4, 3, key="x", **p), True, False, False),
        student_t=(D.StudentT, dict(df=v(3, key="d", low=2.5, high=9), loc=v(3, key="m"), scale=v(3, key="s", **POSITIVE)), v(4, 3, key="x"), True, False, False),
        bernoulli=(D.Bernoulli, dict(probs=v(3, key="p", **p)), whole(4, 3, high=1.99, key="x"), False, False, False),
        bernoulli_logits=(D.Bernoulli, dict(logits=v(3, key="l")), whole(4, 3, high=1.99, key="x"), False, False, False),
        geometric=(D.Geometric, dict(probs=v(3, key="p", **p)), whole(4, 3, high=6, key="x"), False, False, False),
        poisson=(D.Poisson, dict(rate=v(3, key="r", **POSITIVE)), whole(4, 3, high=6, key="x"), False, False, False),
        binomial=(D.Binomial, dict(total_count=torch.tensor(5.0, dtype=torch.float64), probs=v(3, key="p", **p)), whole(4, 3, high=5, key="x"), False, False, False),
        categorical=(D.Categorical, dict(probs=v(2, 4, key="p", low=0.1, high=1)), whole(3, 2, high=3.9, key="x"), False, False, False),
        categorical_logits=(D.Categorical, dict(logits=v(2, 4, key="l")), whole(3, 2, high=3.9, key="x"), False, False, False),
        one_hot_categorical=(D.OneHotCategorical, dict(probs=v(2, 3, key="p", low=0.1, high=1)), torch.eye(3, dtype=torch.float64)[[0, 2]], False, False, False),
        multinomial=(lambda probs: D.Multinomial(4, probs), dict(probs=v(3, key="p", low=0.1, high=1)), torch.tensor([[4, 0, 0], [1, 2, 1]], dtype=torch.float64), False, False, False),
        dirichlet=(D.Dirichlet, dict(concentration=v(2, 3, key="a", **POSITIVE)), simplex / simplex.sum(-1, keepdim=True), True, False, False),
        multivariate_normal=(lambda loc, scale_tril: D.MultivariateNormal(loc, scale_tril=scale_tril), dict(loc=v(2, 3, key="m"), scale_tril=torch.linalg.cholesky(covariance)), v(4, 2, 3, key="x"),
                             True, False, False),
    )


NO_GRADIENT = {"gamma", "beta", "dirichlet", "student_t", "chi2"}              # of entropies: PyTorch's trigamma function is good to nine digits
NO_ENTROPY = {"poisson", "multinomial"}
NO_MOMENTS = {"categorical", "categorical_logits"}
PAIRS = ["normal", "log_normal", "half_normal", "uniform", "laplace", "exponential", "gamma", "chi2", "beta", "bernoulli", "geometric", "poisson", "binomial", "categorical", "one_hot_categorical",
         "dirichlet", "multivariate_normal"]


def generate():
    family = Family("distributions")
    for name, (make, parameters, x, smooth, cdf, icdf) in table().items():
        constant = () if smooth else ("input0", "total_count")
        family.case(name, lambda x, make=make, **p: make(**p).log_prob(x), x, label="log_prob", constant=constant, **parameters)
        moments = [] if name in NO_MOMENTS else ["mean", "variance"]
        if name not in NO_ENTROPY: moments.append("entropy")
        for what in moments:
            family.case(name, lambda x, make=make, what=what, **p: getattr(make(**p), what)() if what == "entropy" else getattr(make(**p), what).clone(), x[:1] * 0, label=what,
                        constant=("input0", "total_count"), grad=what != "entropy" or name not in NO_GRADIENT, **parameters)
        if cdf: family.case(name, lambda x, make=make, **p: make(**p).cdf(x), x, label="cdf", **parameters)
        if icdf: family.case(name, lambda x, make=make, **p: make(**p).icdf(x), v(4, 3, key="u", low=0.1, high=0.9), label="icdf", **parameters)
    for name in PAIRS:
        make, parameters, x, *_ = table()[name]
        def other(p, key): return p if key == "total_count" else p * 0.75 if key != "high" else p * 1.25
        if name == "uniform":
            second = {k: t * 1.25 for k, t in parameters.items()}
        else: second = {k: other(t, k) for k, t in parameters.items()}
        family.case(name, lambda x, make=make, **p: D.kl_divergence(make(**{k: t for k, t in p.items() if not k.startswith("q_")}), make(**{k[2:]: t for k, t in p.items() if k.startswith("q_")})),
                    x[:1] * 0, label="kl", constant=("input0", "total_count", "q_total_count"), grad=name not in NO_GRADIENT, **parameters, **{f"q_{k}": t for k, t in second.items()})
    mixtures(family)
    family.write()


def mixtures(family):
    w, m, s = v(2, 3, key="w", low=0.1, high=1), v(2, 3, key="m"), v(2, 3, key="s", **POSITIVE)
    def mixture(w, m, s): return D.MixtureSameFamily(D.Categorical(w), D.Normal(m, s))
    family.case("mixture", lambda x, w, m, s: mixture(w, m, s).log_prob(x), v(4, 2, key="x"), label="log_prob", w=w, m=m, s=s)
    for what in ("mean", "variance"): family.case("mixture", lambda x, w, m, s, what=what: getattr(mixture(w, m, s), what), v(1, 2, key="x"), label=what, constant=("input0",), w=w, m=m, s=s)
    family.case("mixture", lambda x, w, m, s: mixture(w, m, s).cdf(x), v(4, 2, key="x"), label="cdf", w=w, m=m, s=s)
    family.case("independent", lambda x, m, s: D.Independent(D.Normal(m, s), 1).log_prob(x), v(4, 2, 3, key="x"), label="log_prob", m=m, s=s)
    T = torch.distributions.transforms
    def squashed(m, s): return D.TransformedDistribution(D.Normal(m, s), [T.AffineTransform(0.5, -2.0), T.TanhTransform()])
    family.case("squashed", lambda x, m, s: squashed(m, s).log_prob(x), v(4, 2, 3, key="x", low=-0.9, high=0.9), label="log_prob", m=m, s=s)
    family.case("squashed", lambda x, m, s: squashed(m, s).cdf(x), v(4, 2, 3, key="x", low=-0.9, high=0.9), label="cdf", m=m, s=s)
    def logistic(m, s): return D.TransformedDistribution(D.Normal(m, s), [T.SigmoidTransform(), T.PowerTransform(torch.tensor(2.0, dtype=m.dtype))])
    family.case("logistic", lambda x, m, s: logistic(m, s).log_prob(x), v(4, 2, 3, key="x", low=0.1, high=0.9), label="log_prob", m=m, s=s)
