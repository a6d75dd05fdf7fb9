"""Special functions: values and gradients by PyTorch, and values that are exact to the last place, by mpmath ("exact")."""
import mpmath
import torch
from mpmath import mp, mpf
from torch import special

from record import Family, values

mp.dps = 40
SPECIAL = [float("nan"), float("inf"), -float("inf"), 0.0, 1e-30, -1e-30, 1.0, -1.0, 5.0, -2.5, 30.0, -30.0]

ANYWHERE = dict(lgamma=torch.lgamma, digamma=torch.digamma, erfc=torch.erfc, erfcx=special.erfcx, i0=torch.i0, i0e=special.i0e, i1=special.i1, i1e=special.i1e, ndtr=special.ndtr,
                log_ndtr=special.log_ndtr, entr=special.entr, sinc=torch.sinc, spherical_bessel_j0=special.spherical_bessel_j0)
POSITIVE = dict(lgamma=torch.lgamma, digamma=torch.digamma, modified_bessel_k0=special.modified_bessel_k0,
                modified_bessel_k1=special.modified_bessel_k1, scaled_modified_bessel_k0=special.scaled_modified_bessel_k0, scaled_modified_bessel_k1=special.scaled_modified_bessel_k1)
PROBABILITY = dict(erfinv=torch.erfinv, ndtri=special.ndtri, logit=torch.logit)
NO_GRADIENT = {"digamma", "spherical_bessel_j0", "modified_bessel_k0", "modified_bessel_k1", "scaled_modified_bessel_k0",
               "scaled_modified_bessel_k1"}
# Of Bessel's J and Y, of Airy's function and of the trigamma function PyTorch's own are good to eight or nine digits: mpmath alone is asked.

def ncdf(x): return mpmath.erfc(-x / mpmath.sqrt(2)) / 2
def nppf(p): return -mpmath.sqrt(2) * mpmath.erfinv(1 - 2 * p)
def digits(low, high, n=40): return [low + (high - low) * (i + 0.37) / n for i in range(n)]

EXACT = dict(
    lgamma=(lambda x: mpmath.log(abs(mpmath.gamma(x))), digits(-8, 30) + [1e-3, 0.9, 1.0001, 1.5, 1.9, 1.999, 2.0001, 2.3, 100.5, 1e6]),
    digamma=(mpmath.digamma, digits(-6, 20) + [1e-4, 1.4616, 1.47, 1.3, 1e5]),
    erfc=(mpmath.erfc, digits(-4, 26)), erfcx=(lambda x: mpmath.exp(x * x) * mpmath.erfc(x), digits(-5, 40)),
    erfinv=(mpmath.erfinv, digits(-1, 1) + [1e-5, 1e-12, 0.999999, 1 - 2.0 ** -53]),
    ndtr=(ncdf, digits(-30, 6)), ndtri=(nppf, digits(0, 1) + [1e-10]), log_ndtr=(lambda x: mpmath.log(ncdf(x)), digits(-60, 6)),
    i0=(lambda x: mpmath.besseli(0, x), digits(-20, 40)), i0e=(lambda x: mpmath.besseli(0, x) * mpmath.exp(-abs(x)), digits(-20, 100)),
    i1=(lambda x: mpmath.besseli(1, x), digits(-20, 40)), i1e=(lambda x: mpmath.besseli(1, x) * mpmath.exp(-abs(x)), digits(-20, 100)),
    bessel_j0=(lambda x: mpmath.besselj(0, x), digits(-20, 60)), bessel_j1=(lambda x: mpmath.besselj(1, x), digits(-20, 60)),
    bessel_y0=(lambda x: mpmath.bessely(0, x), digits(0, 60)), bessel_y1=(lambda x: mpmath.bessely(1, x), digits(0, 60)),
    modified_bessel_k0=(lambda x: mpmath.besselk(0, x), digits(0, 30)), modified_bessel_k1=(lambda x: mpmath.besselk(1, x), digits(0, 30)),
    scaled_modified_bessel_k0=(lambda x: mpmath.besselk(0, x) * mpmath.exp(x), digits(0, 60)), scaled_modified_bessel_k1=(lambda x: mpmath.besselk(1, x) * mpmath.exp(x), digits(0, 60)),
    airy_ai=(mpmath.airyai, digits(-20, 10)), sinc=(lambda x: mpmath.sincpi(x), digits(-5, 5)), trigamma=(lambda x: mpmath.psi(1, x), digits(-4, 20)),
    tetragamma=(lambda x: mpmath.psi(2, x), digits(0, 20)),
)
PAIRS = [(a, x) for a in (0.05, 0.5, 1.0, 2.5, 10.0, 50.0, 300.0) for x in (1e-3, 0.3, 1.05, 2.0, 9.0, 45.0, 55.0, 280.0, 330.0)]
EXACT2 = dict(
    gammainc=(lambda a, x: mpmath.gammainc(a, 0, x, regularized=True), PAIRS), gammaincc=(lambda a, x: mpmath.gammainc(a, x, mpmath.inf, regularized=True), PAIRS),
    zeta=(mpmath.zeta, [(s, q) for s in (1.1, 2.0, 3.5, 20.0) for q in (0.1, 1.0, 2.5, 30.0)]),
)


def generate():
    family = Family("special")
    points = torch.tensor(SPECIAL, dtype=torch.float64)
    for op, compute in ANYWHERE.items():
        family.case(op, compute, values(3, 5, low=-4, high=4, key=op) + 1 / 512, grad=op not in NO_GRADIENT)
        family.case(op, compute, points, label="special", grad=False)
    for op, compute in POSITIVE.items(): family.case(op, compute, values(3, 5, low=0.02, high=9, key=op), label="positive", grad=op not in NO_GRADIENT)
    for op, compute in PROBABILITY.items():
        family.case(op, compute, values(3, 5, low=0.02, high=0.98, key=op))
        family.case(op, compute, torch.tensor([0.0, 1.0, -0.5, 1.5, float("nan")], dtype=torch.float64), label="special", grad=False)
    family.case("logit", torch.logit, values(3, 5, low=-0.5, high=1.5, key="eps"), eps=0.125)
    for n in (0, 2, 4): family.case("polygamma", lambda x, n: torch.polygamma(n, x), values(3, 5, low=0.1, high=5, key="poly"), n=n, grad=n > 0)
    for p in (1, 3): family.case("multigammaln", special.multigammaln, values(3, 5, low=2, high=9, key="multi"), p=p)
    family.case("xlog1py", special.xlog1py, values(2, 3, key="a"), values(3, low=-0.5, high=2, key="b"))
    family.case("xlog1py", special.xlog1py, torch.tensor([0.0, 0, 1, float("nan")], dtype=torch.float64), torch.tensor([-1, float("nan"), -1, 0], dtype=torch.float64), label="special", grad=False)
    for op in ("gammainc", "gammaincc"):
        family.case(op, lambda x, a, op=op: getattr(special, op)(a, x), values(3, 5, low=0.1, high=5, key="x"), a=values(3, 1, low=0.1, high=4, key="a"), constant=("a",))
    family.case("zeta", lambda q, s: special.zeta(s, q), values(3, 5, low=0.1, high=5, key="q"), s=values(3, 1, low=1.5, high=4, key="s"), constant=("s",))
    for op, (f, x) in EXACT.items(): exact(family, op, f, [(v,) for v in x])
    for op, (f, x) in EXACT2.items(): exact(family, op, f, x)
    family.write()


def exact(family, op, f, arguments):
    arguments = [a for a in arguments if not all(v == 0 for v in a)]
    found = [float(f(*[mpf(v) for v in a])) for a in arguments]
    columns = [torch.tensor(c, dtype=torch.float64) for c in zip(*arguments)]
    family.add(f"{op}/exact", {}, {f"input{i}": c for i, c in enumerate(columns)} | {"output0": torch.tensor(found, dtype=torch.float64)})
