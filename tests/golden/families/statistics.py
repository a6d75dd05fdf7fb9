"""Running results, quantiles, histograms, what is sought in what is sorted, and what is different."""
import torch

from record import Family, distinct, integers, values

nan, inf = float("nan"), float("inf")


def generate():
    family = Family("statistics")
    x = values(3, 4, 5, key="statistics")
    special = torch.tensor([[1.0, nan, 2, 0], [inf, 1, 2, -0.0], [inf, -inf, 3, 1], [nan, nan, nan, nan]], dtype=torch.float64)
    running(family, x, special)
    moments(family, x, special)
    quantiles(family, special)
    counts(family)
    differences(family, x)
    places(family)
    different(family)
    family.write()


def running(family, x, special):
    zeros = torch.tensor([[1.0, 2, 0, 3, 0, 4], [0, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 0]], dtype=torch.float64)
    for dim in (0, 1, -1):
        for op in ("cumprod", "logcumsumexp"): family.case(op, getattr(torch, op), x, dim=dim)
        for op in ("cummax", "cummin"): family.case(op, getattr(torch, op), distinct(3, 4, 5, key=op), dim=dim)
    family.case("cumprod", torch.cumprod, zeros, dim=1)
    family.case("cumprod", torch.cumprod, zeros, dim=0)
    family.case("cumprod", torch.cumprod, integers(3, 4, low=-3, high=4, dtype=torch.int32), dim=1)
    for op in ("cummax", "cummin"):
        family.case(op, getattr(torch, op), special, dim=1, label="special", grad=False)
        family.case(op, getattr(torch, op), integers(4, 6, high=4, key=op), dim=1)
    family.case("logcumsumexp", torch.logcumsumexp, torch.tensor([[-inf, -inf, 1, 2], [1000.0, 1000, 999, -1000], [inf, 1, inf, -inf]], dtype=torch.float64), dim=1, label="special", grad=False)
    family.case("logcumsumexp", torch.logcumsumexp, torch.tensor(1.5, dtype=torch.float64), dim=0)


def moments(family, x, special):
    for arguments in (dict(dim=1), dict(dim=(0, 2)), dict(dim=-1, keepdim=True)):
        for unbiased in (True, False):
            for op in ("std_mean", "var_mean"): family.case(op, getattr(torch, op), x, unbiased=unbiased, **arguments)
    for arguments in (dict(), dict(dim=0), dict(dim=1, keepdim=True)):
        for op in ("nansum", "nanmean"): family.case(op, getattr(torch, op), special, **arguments)
        family.case("count_nonzero", torch.count_nonzero, integers(4, 5, high=3), **{k: v for k, v in arguments.items() if k == "dim"})
        family.case("aminmax", torch.aminmax, distinct(3, 4, key="aminmax"), grad=False, **arguments)
    for arguments in (dict(), dict(dim=1), dict(dim=0, keepdim=True)): family.case("nanmedian", torch.nanmedian, torch.tensor([[1.0, nan, 2, 0], [inf, 1.25, 2.5, nan], [3, -inf, -3, 1.5]], dtype=torch.float64), **arguments)
    for dim in (0, 1): family.case("mode", lambda x, dim: torch.mode(x, dim)[0], integers(6, 7, high=4, key="mode").double(), dim=dim, grad=False)
    family.case("mode", lambda x, dim: torch.mode(x, dim)[0], integers(6, 9, high=4, key="mode"), dim=1)
    for p in (2.0, 1.0, 3.0, inf, 0.0): family.case("dist", torch.dist, values(3, 4, key="a"), values(4, key="b"), p=p, grad=p != 0)
    for p, dim in ((2.0, 0), (1.0, 1), (3.0, -1)): family.case("renorm", lambda x, p, dim, maxnorm: torch.renorm(x, p, dim, maxnorm), x, p=p, dim=dim, maxnorm=2.0)
    family.case("msort", torch.msort, distinct(4, 3, key="msort"))


def quantiles(family, special):
    x = distinct(4, 5, key="quantile")
    for interpolation in ("linear", "lower", "higher", "midpoint", "nearest"):
        for arguments in (dict(dim=1), dict(dim=0, keepdim=True), dict(dim=None)):
            family.case("quantile", torch.quantile, x, q=torch.tensor([0.0, 0.3, 0.5, 0.9, 1.0], dtype=torch.float64), constant=("q",), interpolation=interpolation, **arguments)
    for op in ("quantile", "nanquantile"):
        compute = getattr(torch, op)
        family.case(op, compute, x, q=torch.tensor(0.25, dtype=torch.float64), dim=1, keepdim=True, constant=("q",))
        family.case(op, compute, x, q=torch.tensor(0.25, dtype=torch.float64), dim=None, keepdim=True, constant=("q",))
        family.case(op, compute, special[[0, 3]], q=torch.tensor([0.1, 0.6], dtype=torch.float64), dim=1, label="special", grad=False)
        family.case(op, compute, special[[0, 3]], q=torch.tensor([0.1, 0.6], dtype=torch.float64), dim=0, label="special", grad=False)


def counts(family):
    n = integers(9, high=6, key="bins")
    family.case("bincount", torch.bincount, n)
    family.case("bincount", torch.bincount, n, minlength=9)
    family.case("bincount", torch.bincount, n, weights=values(9, key="weights"), grad=False)
    family.case("bincount", torch.bincount, torch.zeros(0, dtype=torch.int64), minlength=2)
    x = values(200, key="hist")
    for arguments in (dict(bins=5, min=-1.5, max=1.5), dict(bins=7, min=0, max=0), dict(bins=3, min=-2, max=2)): family.case("histc", torch.histc, x, grad=False, **arguments)
    family.case("histc", torch.histc, torch.full((4,), 2.5, dtype=torch.float64), grad=False, bins=4, min=0, max=0)
    for arguments in (dict(bins=5), dict(bins=4, range=(-1.0, 1.0)), dict(bins=4, density=True)): family.case("histogram", torch.histogram, x, grad=False, **arguments)
    edges = torch.tensor([-2.0, -0.5, 0, 1.0, 2.0], dtype=torch.float64)
    family.case("histogram", lambda x, edges, **a: torch.histogram(x, edges, **a), x, edges=edges, grad=False)
    family.case("histogram", lambda x, edges, **a: torch.histogram(x, edges, **a), x, edges=edges, weight=values(200, low=0, high=1, key="w"), grad=False, density=True)
    points = values(50, 2, key="points")
    family.case("histogramdd", lambda x, a, b, **k: (lambda r: (r[0], *r[1]))(torch.histogramdd(x, [a, b], **k)), points, a=edges, b=torch.tensor([-1.0, 0, 1.5], dtype=torch.float64), grad=False)
    family.case("histogramdd", lambda x, a, b, **k: (lambda r: (r[0], *r[1]))(torch.histogramdd(x, [a, b], **k)), points, a=edges, b=torch.tensor([-2.0, 0, 2], dtype=torch.float64), grad=False, density=True)


def differences(family, x):
    for arguments in (dict(), dict(n=2, dim=1), dict(dim=0), dict(n=0), dict(n=9)): family.case("diff", torch.diff, x, **arguments)
    family.case("diff", torch.diff, values(2, 3, key=1), dim=1, prepend=values(2, 1, key=2), append=values(2, 2, key=3))
    family.case("diff", torch.diff, torch.tensor([True, True, False, True]))
    family.case("diff", torch.diff, integers(5, key="diff"), n=2)
    for op in ("trapezoid", "cumulative_trapezoid"):
        compute = getattr(torch, op)
        family.case(op, lambda y: compute(y), x)
        family.case(op, lambda y, dx, dim: compute(y, dx=dx, dim=dim), x, dx=0.5, dim=1)
        family.case(op, lambda y, x, dim: compute(y, x, dim=dim), x, x=torch.tensor([0.0, 1, 1.5, 4], dtype=torch.float64), dim=1)
        family.case(op, lambda y, x, dim: compute(y, x, dim=dim), x, x=values(3, 4, 5, key="x"), dim=-1)
        family.case(op, lambda y: compute(y), values(1, key="one"))


def places(family):
    line = torch.tensor([-1.0, 0, 0, 0.5, 2], dtype=torch.float64)
    lines = distinct(3, 4, key="lines").sort(-1)[0]
    unsorted = distinct(3, 4, key="lines")
    for right in (False, True):
        family.case("searchsorted", torch.searchsorted, line, torch.tensor([[-2.0, -1, 0], [0.25, 5, nan]], dtype=torch.float64), right=right, grad=False)
        family.case("searchsorted", torch.searchsorted, lines, distinct(3, 2, key="sought"), right=right, grad=False)
        family.case("searchsorted", lambda x, v, right, sorter: torch.searchsorted(x, v, right=right, sorter=sorter), unsorted, distinct(3, 2, key="sought"), right=right, sorter=unsorted.argsort(-1), grad=False)
        family.case("searchsorted", torch.searchsorted, torch.tensor([1, 3, 5, 7]), torch.tensor([0, 3, 8]), right=right)
        family.case("bucketize", torch.bucketize, values(2, 3, key="bucket"), line, right=right, grad=False)
    for invert in (False, True):
        family.case("isin", torch.isin, integers(3, 4, key="isin"), integers(3, key="among"), invert=invert)
        family.case("isin", torch.isin, torch.tensor([0.0, nan, inf, 2], dtype=torch.float64), torch.tensor([nan, inf, 7], dtype=torch.float64), invert=invert, grad=False)
        family.case("isin", torch.isin, integers(3, 4, key="isin"), torch.tensor([3]), invert=invert)
        family.case("isin", torch.isin, integers(3, 4, key="isin"), torch.zeros(0, dtype=torch.int64), invert=invert)


def different(family):
    flat, grid = integers(4, 5, high=6, key="unique"), integers(6, 2, high=2, key="unique")
    for op in ("unique", "unique_consecutive"):
        compute = getattr(torch, op)
        for x in (flat, integers(7, high=3, key="row"), torch.zeros(0, dtype=torch.int64)):
            family.case(op, lambda x: compute(x, return_inverse=True, return_counts=True), x)
        for dim in (0, 1, -1):
            family.case(op, lambda x, dim: compute(x, return_inverse=True, return_counts=True, dim=dim), grid, dim=dim)
        family.case(op, lambda x, dim: compute(x, return_inverse=True, return_counts=True, dim=dim), integers(3, 5, 2, high=2, key="cube").double(), dim=1, grad=False)
