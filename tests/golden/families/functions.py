"""Functions of two and three tensors beyond arithmetic, bits, and what asks whether tensors agree."""
import torch

from record import Family, integers, values

SPECIAL = [float("nan"), float("inf"), -float("inf"), 0.0, -0.0, 1.0, -2.5, 3e38, 1e-320]
SHAPES = [((2, 3), (2, 3)), ((2, 1, 3), (4, 1)), ((), (2, 3)), ((0, 3), (3,))]
FLOAT = dict(fmax=torch.fmax, fmin=torch.fmin, copysign=torch.copysign, xlogy=torch.xlogy, logaddexp2=torch.logaddexp2)
FLAT = dict(heaviside=torch.heaviside, nextafter=torch.nextafter)
WHOLE = dict(gcd=torch.gcd, lcm=torch.lcm, bitwise_and=torch.bitwise_and, bitwise_or=torch.bitwise_or, bitwise_xor=torch.bitwise_xor)
SHIFTS = dict(bitwise_left_shift=torch.bitwise_left_shift, bitwise_right_shift=torch.bitwise_right_shift)
TYPES = (torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64)


def generate():
    family = Family("functions")
    special = torch.tensor(SPECIAL, dtype=torch.float64)
    ones(family, special)
    twos(family, special)
    wholes(family)
    threes(family)
    family.write()


def ones(family, special):
    for op, compute in dict(deg2rad=torch.deg2rad, rad2deg=torch.rad2deg).items():
        family.case(op, compute, values(3, 5, low=-200, high=200, key=op))
        family.case(op, compute, torch.tensor([0, 90, 180]), grad=False)
        family.case(op, compute, special, label="special", grad=False)
    for op, compute in dict(isposinf=torch.isposinf, isneginf=torch.isneginf, signbit=torch.signbit, isinf=torch.isinf, isfinite=torch.isfinite).items():
        family.case(op, compute, special, label="special", grad=False)
        family.case(op, compute, torch.tensor([-1, 0, 5]), grad=False)
    for op, compute in dict(log1p=torch.log1p, expm1=torch.expm1).items():
        family.case(op, lambda x: compute(x) / x, torch.tensor([1e-3, -1e-5, 1e-9, 1e-18, -1e-30, 0.3, -0.4], dtype=torch.float64), label="near 0", grad=False)
    family.case("frexp", lambda x: torch.frexp(x.detach()), values(3, 5, low=-9, high=9, key="frexp"), grad=False)
    family.case("frexp", torch.frexp, special, label="special", grad=False)
    family.case("nan_to_num", torch.nan_to_num, special, label="special", grad=False)
    family.case("nan_to_num", torch.nan_to_num, torch.tensor(SPECIAL[:8], dtype=torch.float32), grad=False)
    for decimals in (-1, 0, 2): family.case("round", torch.round, values(3, 5, low=-99, high=99, key="round"), decimals=decimals)


def twos(family, special):
    for op, compute in (FLOAT | FLAT).items():
        for i, (a, b) in enumerate(SHAPES):
            family.case(op, compute, values(*a, key=(op, "a")), values(*b, key=(op, "b"), low=0.5, high=3), grad=op in FLOAT)
        family.case(op, compute, values(9, key="sign"), values(9, low=-3, high=3, key="sign b"), label="signs", grad=op in FLOAT and op != "xlogy")
        family.case(op, compute, special[:, None], special[None], label="special", grad=False)
        family.case(op, compute, special.float()[:, None], special.float()[None], label="special", grad=False)
    for op in ("fmax", "fmin"): family.case(op, FLOAT[op], torch.tensor([1.0, 2, 3, float("nan")], dtype=torch.float64), torch.tensor([1.0, 3, float("nan"), 2], dtype=torch.float64), label="ties")
    family.case("xlogy", torch.xlogy, torch.tensor([0.0, 0, 0, 2], dtype=torch.float64), torch.tensor([0.0, 2, -1, 3], dtype=torch.float64), label="edges")
    family.case("copysign", torch.copysign, torch.tensor([0.0, -0.0, 3], dtype=torch.float64), torch.tensor([-1.0, 1, -0.0], dtype=torch.float64), label="zeros")
    family.case("ldexp", torch.ldexp, values(2, 3, key="ldexp"), integers(3, low=-4, high=5), grad=False)
    family.case("float_power", torch.float_power, integers(2, 3, low=1, high=6), values(3, key="power"))
    tolerances = [dict(), dict(rtol=0.1, atol=0.0), dict(rtol=0.0, atol=0.5, equal_nan=True)]
    for arguments in tolerances:
        family.case("isclose", torch.isclose, special[:, None].expand(9, 9), special[None], label="special", grad=False, **arguments)
        family.case("isclose", torch.isclose, values(4, 5, key="close"), values(5, key="close b"), grad=False, **arguments)
        family.case("isclose", torch.isclose, integers(4, 5), integers(5, key="b"), **arguments)
    for arguments in (dict(), dict(value=0.5)):
        for (a, b), c in zip(SHAPES, ((3,), (2, 1, 3), (2, 1), ())):
            family.case("addcmul", lambda x, a, b, **o: torch.addcmul(x, a, b, **o), values(*a, key="x"), values(*b, key="y"), values(*c, key="z"), **arguments)
            family.case("addcdiv", lambda x, a, b, **o: torch.addcdiv(x, a, b, **o), values(*a, key="x"), values(*b, key="y"), values(*c, key="z", low=0.5, high=2), **arguments)
    family.case("addcmul", lambda x, a, b, **o: torch.addcmul(x, a, b, **o), integers(3, key=1), integers(3, key=2), integers(3, key=3), value=2)


def wholes(family):
    for dtype in TYPES:
        a, b = integers(3, 4, low=0 if dtype == torch.uint8 else -100, high=100, key="whole", dtype=dtype), integers(4, low=0 if dtype == torch.uint8 else -100, high=100, key="b", dtype=dtype)
        for op, compute in WHOLE.items(): family.case(op, compute, a, b)
        for op, compute in WHOLE.items(): family.case(op, compute, torch.tensor([0, 0, 12, 7], dtype=dtype), torch.tensor([0, 5, 0, 7], dtype=dtype), label="zeros")
        for op, compute in SHIFTS.items(): family.case(op, compute, a, integers(4, low=0, high=5, key="shift", dtype=dtype))
        family.case("bitwise_not", torch.bitwise_not, a)
    family.case("gcd", torch.gcd, integers(4, low=-90, high=90, key="m", dtype=torch.int32), integers(4, low=-90, high=90, key="n", dtype=torch.int64))
    for op in ("bitwise_and", "bitwise_or", "bitwise_xor"): family.case(op, WHOLE[op], torch.tensor([False, True, True]), torch.tensor([True, True, False]))
    family.case("bitwise_not", torch.bitwise_not, torch.tensor([False, True]))


def threes(family):
    for (a, b), c in zip(SHAPES, ((3,), (2, 1, 3), (2, 1), ())):
        family.case("lerp", lambda x, y, w: torch.lerp(x, y, w), values(*torch.broadcast_shapes(a, c), key="l"), values(*torch.broadcast_shapes(b), key="r"), values(*c, low=0, high=1, key="w"))
    for weight in (0.0, 0.25, 0.75, 1.0): family.case("lerp", lambda x, y, weight: torch.lerp(x, y, weight), values(2, 3, key="l"), values(3, key="r"), weight=weight)
    x, low, high = values(2, 3, low=-3, high=3, key="clamp"), torch.tensor([-1.0, 0, 2], dtype=torch.float64), torch.tensor([[0.5], [1.0]], dtype=torch.float64)
    family.case("clamp", torch.clamp, x, min=low, max=high)
    family.case("clamp", torch.clamp, x, min=low)
    family.case("clamp", torch.clamp, x, max=high)
    nan = float("nan")
    family.case("clamp", torch.clamp, torch.tensor([1.0, nan, 1, 3], dtype=torch.float64), min=torch.tensor([nan, 1, 2, 0], dtype=torch.float64), max=torch.tensor([5.0, 5, 1, nan], dtype=torch.float64), label="special", grad=False)
    family.case("clamp", torch.clamp, integers(4, key="c"), min=integers(4, high=4, key="low"), max=torch.tensor([5.5, 6, 2, 9], dtype=torch.float64), grad=False)
