"""From many numbers to few: sums, extremes, norms, running sums, softmax."""
import torch
import torch.nn.functional as F

from record import Family, distinct, values

DIMS = [dict(), dict(dim=0), dict(dim=1), dict(dim=-1), dict(dim=-1, keepdim=True), dict(dim=(0, 2)), dict(dim=(0, 2), keepdim=True), dict(dim=(-1, -2, -3))]
ONE_DIM = [d for d in DIMS if not isinstance(d.get("dim"), tuple)]
inf = float("inf")


def no_dim(compute, value):
    return lambda x, **a: compute(x, **({"dim": value} | a)) if "dim" not in a else compute(x, **a)


def generate():
    family = Family("reductions")
    x, picks = values(2, 3, 4, key="reduce"), distinct(2, 3, 4, key="reduce")
    special = torch.tensor([[1.0, float("nan"), 2, 0], [inf, 1, 2, -0.0], [inf, -inf, 3, 1], [-inf, -inf, -inf, -inf]], dtype=torch.float64)
    for arguments in DIMS:
        family.case("sum", torch.sum, x, **arguments)
        family.case("mean", torch.mean, x, **arguments)
        family.case("amax", torch.amax, picks, **arguments)
        family.case("amin", torch.amin, picks, **arguments)
        family.case("logsumexp", no_dim(torch.logsumexp, (0, 1, 2)), x, **arguments)
        for unbiased in (True, False):
            for op, compute in dict(std=torch.std, var=torch.var).items():
                family.case(op, compute, x, unbiased=unbiased, **arguments)
        for p in (1, 2, 3, 0, inf, -inf, 0.5):
            family.case("norm", no_dim(torch.linalg.vector_norm, None), values(2, 3, 4, low=0.1, key="norm"), ord=float(p), **arguments)
    for arguments in ONE_DIM:
        family.case("prod", torch.prod, x, **arguments)
        family.case("max", torch.max, picks, **arguments)
        family.case("min", torch.min, picks, **arguments)
        family.case("median", torch.median, picks, **arguments)
        family.case("argmax", torch.argmax, picks, **arguments)
        family.case("argmin", torch.argmin, picks, **arguments)
        for op, compute in dict(any=torch.any, all=torch.all).items():
            family.case(op, compute, picks > 0, **arguments)
            family.case(op, compute, picks.round().long(), **arguments)
    for dim in (0, 1, -1):
        family.case("cumsum", torch.cumsum, x, dim=dim)
        family.case("cumprod", torch.cumprod, x, dim=dim)
        family.case("softmax", F.softmax, x, dim=dim)
        family.case("log_softmax", F.log_softmax, x, dim=dim)
        family.case("softmin", F.softmin, x, dim=dim)
        family.case("logcumsumexp", torch.logcumsumexp, x, dim=dim)
    family.case("normalize", F.normalize, x, dim=1)
    family.case("normalize", F.normalize, x, dim=-1, p=1.0)
    family.case("cosine_similarity", F.cosine_similarity, values(3, 4, key="a"), values(3, 4, key="b"), dim=1)

    edges(family, special)
    family.write()


def edges(family, special):
    for dtype in (torch.float64, torch.float32):
        for op in ("sum", "mean", "prod", "amax", "amin", "std", "logsumexp", "argmax", "argmin", "cumsum", "softmax", "log_softmax"):
            family.case(op, getattr(torch, op), special.to(dtype), label="special", grad=False, dim=1)
        for op in ("max", "min", "median"): family.case(op, getattr(torch, op), special[:3].to(dtype), label="special", grad=False, dim=1)
    far = torch.tensor([[1000.0, 1001, 999], [-1000, -1001, -2.0 ** 100], [0.0, 0, 0]], dtype=torch.float64)
    for op in ("softmax", "log_softmax", "logsumexp"): family.case(op, getattr(torch, op), far, label="far", dim=1)
    ties = torch.tensor([[2.0, 1, 2], [3.0, 3, 3]], dtype=torch.float64)
    for op in ("amax", "amin", "max", "min"):
        family.case(op, getattr(torch, op), ties, label="ties", dim=1)
    family.case("max", torch.max, ties, label="ties")
    family.case("amax", torch.amax, ties, label="ties")
    zeros = torch.tensor([[0.0, 2, 3], [0.0, 0, 3], [1.0, 2, 3]], dtype=torch.float64)
    family.case("prod", torch.prod, zeros, label="zeros", dim=1)
    family.case("prod", torch.prod, zeros, label="zeros")
    family.case("norm", torch.linalg.vector_norm, torch.zeros(3, dtype=torch.float64), label="zeros", ord=2.0)
    family.case("cumprod", torch.cumprod, zeros, label="zeros", dim=1)

    empty = torch.zeros(0, 3, dtype=torch.float64)
    for op in ("sum", "mean", "prod"):
        family.case(op, getattr(torch, op), empty, label="empty")
        family.case(op, getattr(torch, op), empty, label="empty", dim=0)
        family.case(op, getattr(torch, op), empty, label="empty", dim=1)
    for op in ("var", "std"):
        family.case(op, getattr(torch, op), torch.ones(1, dtype=torch.float64), label="one", grad=False, unbiased=True)
        family.case(op, getattr(torch, op), torch.ones(1, dtype=torch.float64), label="one", grad=False, unbiased=False)
    scalar = torch.tensor(1.5, dtype=torch.float64)
    for op in ("sum", "mean", "prod", "amax", "argmax", "logsumexp", "cumsum", "softmax", "max"):
        family.case(op, getattr(torch, op), scalar, label="0-d", dim=0)
    for dtype in (torch.bool, torch.uint8, torch.int32, torch.int64):
        whole = torch.tensor([[1, 0, 1], [1, 1, 250]]).to(dtype)
        for op in ("sum", "prod"):
            family.case(op, getattr(torch, op), whole)
            family.case(op, getattr(torch, op), whole, dim=1)
        family.case("cumsum", torch.cumsum, whole, dim=0)
        if dtype != torch.bool:
            family.case("amax", torch.amax, whole, dim=1)
            family.case("argmax", torch.argmax, torch.tensor([[1, 0, 2], [3, 7, 5]]).to(dtype), dim=1)
    near = torch.tensor([16777216.0, 1, 1, 1, 1], dtype=torch.float32)          # one by one, float32 loses every 1
    family.case("sum", torch.sum, torch.full((4096,), 0.1, dtype=torch.float32), label="many", grad=False)
    family.case("mean", torch.mean, near, label="near", grad=False)
    family.case("var", torch.var, 10000 + values(64, key="far", low=-1, high=1), label="offset", unbiased=True)
