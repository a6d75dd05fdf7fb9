"""How PyTorch shows tensors: `python` is str(x); `cpp` is what C++, and R's torch, print (common scale factor, type and shape on the last line)."""
import contextlib
import io

import torch

from record import Family, distinct, values

f32, f64 = torch.float32, torch.float64


@torch.jit.script
def show(x):
    print(x)


def cpp(x):
    text = io.StringIO()
    with contextlib.redirect_stdout(text): show(x)
    return text.getvalue().rstrip("\n")


def generate():
    nan, inf = float("nan"), float("inf")
    tensors = dict(
        scalar=torch.tensor(3.5), scalar_int=torch.tensor(7), scalar_bool=torch.tensor(True), scalar_double=torch.tensor(1 / 3, dtype=f64), empty=torch.zeros(0), empty_2d=torch.zeros(2, 0),
        empty_int=torch.zeros(0, dtype=torch.int64), whole=torch.tensor([1.0, 2, 3]), vector=values(5, key="print", dtype=f32), doubles=values(5, key="print"),
        matrix=values(3, 4, key="print", dtype=f32), matrix_whole=torch.arange(6.0).reshape(2, 3), cube=values(2, 2, 3, key="print", dtype=f32), four=values(2, 1, 2, 2, key="print", dtype=f32),
        small=torch.tensor([1e-5, 2.5e-5, -3e-6]), large=torch.tensor([123456.789, 1.5, -99999.0]), very_large=torch.tensor([1e10, 2.0]), mixed=torch.tensor([1e-3, 1.0, 999.0]), sci=torch.tensor([1e-8, 1.0, 1e8]),
        thousand=torch.tensor([1000.5, 2.25]), nans=torch.tensor([nan, 1.5, inf, -inf]), only_nan=torch.tensor([nan, nan]), whole_inf=torch.tensor([1.0, inf]), negative_zero=torch.tensor([-0.0, 1.0]),
        integers=torch.tensor([[1, -200], [30, 4]]), int32=torch.tensor([1, 2], dtype=torch.int32), bytes=torch.tensor([0, 255], dtype=torch.uint8), bools=torch.tensor([[True, False], [False, True]]),
        wide=values(2, 30, key="print", dtype=f32), long=torch.arange(1200.0), long_int=torch.arange(1200), tall=distinct(400, 3, key="print", dtype=f32), big=distinct(40, 40, key="print", dtype=f32),
        big_cube=torch.arange(8 * 12 * 12.0).reshape(8, 12, 12), column=values(4, 1, key="print", dtype=f32), zeros=torch.zeros(2, 2), tiny=torch.tensor([1e-40, 0.0]), max=torch.tensor([3.4028235e38, 1.0]))
    family = Family("printing")
    for name, x in tensors.items(): family.add(f"print/{name}", dict(python=str(x), cpp=cpp(x)), dict(input0=x))
    family.write()
