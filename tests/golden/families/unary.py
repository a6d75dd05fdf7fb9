"""Functions of one tensor, element by element."""
import torch
import torch.nn.functional as F

from record import Family, values

EDGES = [-20.5, -20, -6, -3, -2.5, -1.5, -1, -0.5, -0.0, 0.0, 0.5, 1, 1.5, 2.5, 3, 6, 20, 20.5]     # kinks, and ties of rounding
SPECIAL = [float("nan"), float("inf"), -float("inf"), 0.0, -0.0, 1e-30, -1e-30, 88.5, -88.5, 104.0, -104.0, 710.0, -746.0, 1e10, -1e10, 1e30, 16777217.0]

ANYWHERE = dict(abs=torch.abs, neg=torch.neg, exp=torch.exp, sin=torch.sin, cos=torch.cos, tan=torch.tan, atan=torch.atan, sinh=torch.sinh, cosh=torch.cosh,
                asinh=torch.asinh, tanh=torch.tanh, sigmoid=torch.sigmoid, relu=torch.relu, relu6=F.relu6, silu=F.silu, mish=F.mish, hardsigmoid=F.hardsigmoid,
                hardswish=F.hardswish, selu=F.selu, logsigmoid=F.logsigmoid, softsign=F.softsign, tanhshrink=F.tanhshrink, erf=torch.erf, erfc=torch.erfc,
                floor=torch.floor, ceil=torch.ceil, round=torch.round, trunc=torch.trunc, frac=torch.frac, sign=torch.sign, square=torch.square,
                expm1=torch.expm1, exp2=torch.exp2)
POSITIVE = dict(log=torch.log, log2=torch.log2, log10=torch.log10, log1p=torch.log1p, sqrt=torch.sqrt, rsqrt=torch.rsqrt, reciprocal=torch.reciprocal)
UNIT = dict(asin=torch.asin, acos=torch.acos, atanh=torch.atanh, logit=torch.logit)
TESTS = dict(isnan=torch.isnan, isinf=torch.isinf, isfinite=torch.isfinite, logical_not=torch.logical_not)
WITH_ARGUMENTS = [
    ("gelu", F.gelu, [dict(approximate="none"), dict(approximate="tanh")]),
    ("softplus", F.softplus, [dict(), dict(beta=2.0), dict(beta=0.5, threshold=1.0)]),
    ("elu", F.elu, [dict(), dict(alpha=0.5)]),
    ("celu", F.celu, [dict(), dict(alpha=0.5)]),
    ("leaky_relu", F.leaky_relu, [dict(), dict(negative_slope=0.2)]),
    ("hardtanh", F.hardtanh, [dict(), dict(min_val=-0.5, max_val=1.5)]),
    ("hardshrink", F.hardshrink, [dict()]),
    ("softshrink", F.softshrink, [dict()]),
    ("threshold", F.threshold, [dict(threshold=0.5, value=-1.0)]),
    ("clamp", torch.clamp, [dict(min=-1.0), dict(max=1.0), dict(min=-0.5, max=1.5), dict(min=1.0, max=-1.0)]),
    ("pow", torch.pow, [dict(exponent=e) for e in (2, 3, 0, 1, -1, -2)]),
    ("nan_to_num", torch.nan_to_num, [dict(nan=0.5, posinf=2.0, neginf=-2.0)]),
    ("round", torch.round, [dict(decimals=1)]),
]
POSITIVE_WITH_ARGUMENTS = [("pow", torch.pow, [dict(exponent=e) for e in (0.5, -0.5, 1.5, 2.3333)])]


def generate():
    family = Family("unary")
    edges, special = torch.tensor(EDGES, dtype=torch.float64), torch.tensor(SPECIAL, dtype=torch.float64)
    for op, compute in ANYWHERE.items(): everywhere(family, op, compute, values(3, 5, low=-4, high=4, key=op), edges, special)
    for op, compute in POSITIVE.items(): everywhere(family, op, compute, values(3, 5, low=0.01, high=4, key=op), edges, special)
    for op, compute in UNIT.items(): everywhere(family, op, compute, values(3, 5, low=-0.99 if op != "logit" else 0.01, high=0.99, key=op), edges, special)
    everywhere(family, "acosh", torch.acosh, values(3, 5, low=1.01, high=4, key="acosh"), edges, special)
    for op, compute in TESTS.items(): family.case(op, compute, special, label="special", grad=False)
    for op, compute, settings in WITH_ARGUMENTS:
        for arguments in settings: everywhere(family, op, compute, values(3, 5, low=-4, high=4, key=op), edges, special, **arguments)
    for op, compute, settings in POSITIVE_WITH_ARGUMENTS:
        for arguments in settings: everywhere(family, op, compute, values(3, 5, low=0.01, high=4, key=op), edges, special, **arguments)

    whole = torch.tensor([-3, -1, 0, 1, 2, 7])
    for dtype in (torch.int32, torch.int64):
        for op in ("abs", "neg", "sign", "square", "relu", "exp", "sqrt", "sigmoid", "floor", "reciprocal"):
            family.case(op, getattr(torch, op), whole.to(dtype), grad=False)
        family.case("clamp", torch.clamp, whole.to(dtype), min=-1, max=2)
        family.case("pow", torch.pow, whole.to(dtype), exponent=3)
    family.case("exp", torch.exp, torch.tensor([0, 1, 255], dtype=torch.uint8))
    family.case("exp", torch.exp, torch.tensor([False, True]))
    family.case("neg", torch.neg, torch.tensor([0, 1, 255], dtype=torch.uint8))
    family.case("logical_not", torch.logical_not, torch.tensor([False, True]))
    for op in ("exp", "relu", "gelu"):
        compute = ANYWHERE.get(op, F.gelu)
        family.case(op, compute, torch.tensor(0.75, dtype=torch.float64), label="0-d")
        family.case(op, compute, torch.zeros(0, 3, dtype=torch.float64), label="empty")
    family.write()


def everywhere(family, op, compute, ordinary, edges, special, **arguments):
    family.case(op, compute, ordinary, **arguments)
    family.case(op, compute, edges, label="edges", **arguments)
    family.case(op, compute, special, label="special", grad=False, **arguments)
    family.case(op, compute, special.float(), label="special", grad=False, **arguments)
