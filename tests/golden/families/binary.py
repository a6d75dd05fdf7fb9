"""Functions of two tensors, element by element, with broadcasting; and choosing between them."""
import torch

from record import Family, integers, values

FLOAT = dict(add=torch.add, sub=torch.sub, mul=torch.mul, div=torch.div, maximum=torch.maximum, minimum=torch.minimum, atan2=torch.atan2,
             remainder=torch.remainder, fmod=torch.fmod, floor_divide=torch.floor_divide, logaddexp=torch.logaddexp, hypot=torch.hypot)
COMPARISONS = dict(eq=torch.eq, ne=torch.ne, lt=torch.lt, le=torch.le, gt=torch.gt, ge=torch.ge)
LOGICAL = dict(logical_and=torch.logical_and, logical_or=torch.logical_or, logical_xor=torch.logical_xor)
INTEGER = ("add", "sub", "mul", "div", "maximum", "minimum", "remainder", "fmod", "floor_divide")
SHAPES = [((2, 3), (2, 3)), ((2, 3), (3,)), ((3,), (2, 3)), ((2, 1, 3), (4, 1)), ((), (2, 3)), ((2, 3), ()), ((0, 3), (3,)), ((2, 1), (1, 3))]
SPECIAL = [float("nan"), float("inf"), -float("inf"), 0.0, -0.0, 1.0, -2.5, 3e38]


def generate():
    family = Family("binary")
    special = torch.tensor(SPECIAL, dtype=torch.float64)
    for op, compute in FLOAT.items():
        for i, (a, b) in enumerate(SHAPES):
            family.case(op, compute, values(*a, key=(op, "a")), values(*b, key=(op, "b"), low=0.5, high=3), grad=op != "floor_divide")
        family.case(op, compute, values(9, key="sign"), values(9, low=-3, high=-0.5, key="sign"), label="negative", grad=op != "floor_divide")
        family.case(op, compute, special[:, None], special[None], label="special", grad=False)
        family.case(op, compute, special.float()[:, None], special.float()[None], label="special", grad=False)
    for a, b in SHAPES[:6]:
        family.case("pow", torch.pow, values(*a, low=0.1, high=3, key="base"), values(*b, key="exponent"))
    family.case("pow", torch.pow, special[:, None], special[None], label="special", grad=False)
    family.case("pow", torch.pow, torch.tensor([0.0, 0, 0, 2, -2, -2], dtype=torch.float64), torch.tensor([0.0, 1, 2, 0, 2, 3], dtype=torch.float64), label="edges")
    for op in ("maximum", "minimum"):
        family.case(op, FLOAT[op], torch.tensor([1.0, 2, 3], dtype=torch.float64), torch.tensor([1.0, 3, 2], dtype=torch.float64), label="ties")
    for mode in ("trunc", "floor"):
        family.case("div", torch.div, values(9, low=-9, high=9, key="div"), values(9, low=-3, high=-0.5, key="div"), grad=False, rounding_mode=mode)
    family.case("add", torch.add, values(2, 3, key="alpha"), values(3, key="alpha"), alpha=-0.5)
    family.case("lerp", torch.lerp, values(2, 3, key="l"), values(3, key="r"), weight=values(2, 1, low=0, high=1, key="w"))

    a, b = values(2, 3, low=0.25, high=3, key="scalar"), torch.tensor
    for op, compute in dict(add=lambda x, other: x + other, sub=lambda x, other: x - other, rsub=lambda x, other: other - x, mul=lambda x, other: x * other,
                            div=lambda x, other: x / other, rdiv=lambda x, other: other / x, rpow=lambda x, other: other ** x,
                            remainder=torch.remainder, fmod=torch.fmod).items():
        family.case(op, compute, a, other=2.5)
    for op, compute in (COMPARISONS | LOGICAL).items():
        if op in COMPARISONS: family.case(op, compute, special[:, None], special[None], label="special", grad=False)
        family.case(op, compute, integers(3, 4, high=3, key="i"), integers(4, high=3, key="j"))
        family.case(op, compute, torch.tensor([False, False, True, True]), torch.tensor([False, True, False, True]))
        if op in COMPARISONS: family.case(op, compute, integers(3, 4, high=3, key="i"), other=1)

    x, y = torch.tensor([-7, -7, 7, 7, 0, 5]), torch.tensor([2, -2, 2, -2, 3, 5])
    for dtype in (torch.int64, torch.int32):
        for op in INTEGER: family.case(op, FLOAT[op], x.to(dtype), y.to(dtype))
    for op in ("add", "sub", "mul", "floor_divide", "div"):
        family.case(op, FLOAT[op], torch.tensor([0, 1, 200, 255], dtype=torch.uint8), torch.tensor([1, 2, 100, 255], dtype=torch.uint8))

    mask = torch.tensor([[True, False, True], [False, False, True]])
    for a, b in (((2, 3), (2, 3)), ((3,), (2, 1)), ((), (2, 3)), ((4, 1, 3), ())):
        family.case("where", torch.where, mask, values(*a, key="x"), values(*b, key="y"))
    family.case("where", torch.where, mask[:, None], values(2, 3, key="x"), values(1, 3, key="y"), label="mask broadcast")
    family.write()
