"""Which type comes out when types meet, and which meetings are refused ("error")."""
import torch

from record import name_of, save_json

DTYPES = [torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64, torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.complex64, torch.complex128]
SCALARS = dict(bool=True, int=2, float=2.5, complex=1 + 2j)
BINARY = dict(add=torch.add, sub=torch.sub, mul=torch.mul, div=torch.div, pow=torch.pow, floor_divide=torch.floor_divide, remainder=torch.remainder, maximum=torch.maximum,
              gt=torch.gt, eq=torch.eq, atan2=torch.atan2, where=lambda a, b: torch.where(torch.ones(2, dtype=torch.bool), a, b), cat=lambda a, b: torch.cat([a, b]), matmul=lambda a, b: a @ b)
UNARY = dict(neg=torch.neg, abs=torch.abs, sign=torch.sign, exp=torch.exp, sqrt=torch.sqrt, sigmoid=torch.sigmoid, relu=torch.relu, floor=torch.floor, round=torch.round, square=torch.square,
             reciprocal=torch.reciprocal, logical_not=torch.logical_not, sum=torch.sum, mean=torch.mean, prod=torch.prod, amax=torch.amax, argmax=torch.argmax, std=torch.std,
             cumsum=lambda x: torch.cumsum(x, 0), any=torch.any, all=torch.all, norm=torch.linalg.vector_norm, softmax=lambda x: torch.softmax(x, 0), clamp_int=lambda x: torch.clamp(x, 0, 1),
             clamp_float=lambda x: torch.clamp(x, 0.5, 1.5), median=torch.median, logsumexp=lambda x: torch.logsumexp(x, 0))


KNOWN = {name_of(d) for d in DTYPES}


def outcome(compute):
    try: name = name_of(compute().dtype)
    except (RuntimeError, TypeError, IndexError): return "error"
    return name if name in KNOWN else "other"


def row(f, x, others):
    return " ".join(outcome(lambda: f(x, y)) for y in others.values())


def generate():
    ones = {name_of(d): torch.ones(2, dtype=d) for d in DTYPES}
    zero_d = {name_of(d): torch.ones((), dtype=d) for d in DTYPES}
    inplace = lambda a, b: a.clone().add_(b)
    save_json("promotion", dict(
        types=list(ones), numbers=list(SCALARS),
        tensors={op: {a: row(f, x, ones) for a, x in ones.items()} for op, f in BINARY.items()},
        zero_d={op: {a: row(f, x, zero_d) for a, x in ones.items()} for op, f in BINARY.items() if op not in ("cat", "matmul")},
        scalars={op: {a: row(f, x, SCALARS) for a, x in ones.items()} for op, f in BINARY.items() if op not in ("cat", "matmul", "where", "maximum", "atan2")},
        unary={op: " ".join(outcome(lambda: f(x)) for x in ones.values()) for op, f in UNARY.items()},
        in_place_add={a: row(inplace, x, ones) for a, x in ones.items()}))
