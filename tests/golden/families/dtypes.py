"""What element types give that are not float32 or float64: half precision, small integers, complex numbers. Numbers as texts, exact; of complex ones, real and imaginary parts in turn."""
import torch

from record import name_of, save_json, seeded

ARITHMETIC = dict(add=lambda a, b: a + b, sub=lambda a, b: a - b, mul=lambda a, b: a * b, div=lambda a, b: a / b)
REAL = dict(ARITHMETIC, maximum=torch.maximum, floor_divide=torch.floor_divide, remainder=torch.remainder, fmod=torch.fmod, gt=torch.gt, number=lambda a, b: a * 0.3 + 2, sum=lambda a, b: a.sum(),
            cumsum=lambda a, b: a.cumsum(0), prod=lambda a, b: b.prod(), amin=lambda a, b: a.amin(), argsort=lambda a, b: a.argsort(stable=True), abs=lambda a, b: a.abs(), pow=lambda a, b: a.pow(2))
HALF = dict(REAL, exp=lambda a, b: a.exp(), sigmoid=lambda a, b: a.sigmoid(), tanh=lambda a, b: a.tanh(), softmax=lambda a, b: a.softmax(0), mean=lambda a, b: a.mean(),
            std=lambda a, b: a.std(), norm=lambda a, b: a.norm(), log=lambda a, b: b.log(), rsqrt=lambda a, b: b.rsqrt(), matmul=lambda a, b: a.reshape(4, 5) @ b.reshape(5, 4), power=lambda a, b: b.pow(a))
COMPLEX = dict(ARITHMETIC, pow=lambda a, b: a.pow(b), sum=lambda a, b: a.sum(), prod=lambda a, b: a[:4].prod(), mean=lambda a, b: a.mean(), cumsum=lambda a, b: a.cumsum(0), abs=lambda a, b: a.abs(), angle=lambda a, b: a.angle(),
               real=lambda a, b: a.real, imag=lambda a, b: a.imag, conj=lambda a, b: a.conj(), matmul=lambda a, b: a.reshape(4, 5) @ b.reshape(5, 4), eq=lambda a, b: a.eq(a.conj()), number=lambda a, b: a * (1 - 2j) + 0.5,
               reciprocal=lambda a, b: a.reciprocal())
LOSSES = dict(product=lambda a, b: (a * b).abs().sum(), quotient=lambda a, b: (a / b).real.sum(), power=lambda a, b: a.pow(b).imag.sum(), angle=lambda a, b: (a * b).angle().sum(), prod=lambda a, b: a[:4].prod().abs() * b.sum().real,
              matmul=lambda a, b: (a.reshape(4, 5) @ b.reshape(5, 4)).imag.sum(), conj=lambda a, b: (a.conj() * b.real).imag.sum())
FUNCTIONS = ("exp", "log", "sqrt", "rsqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "sigmoid", "atan", "reciprocal", "asin", "acos",
             "asinh", "acosh", "atanh", "log2", "log10")
COMPLEX |= {name: lambda a, b, name=name: getattr(a, name)() for name in FUNCTIONS} | dict(var=lambda a, b: a.var(), std=lambda a, b: a.std(), norm=lambda a, b: a.norm())
LOSSES |= {name: lambda a, b, name=name: (getattr(a, name)() * b).imag.sum() for name in FUNCTIONS} | dict(var=lambda a, b: (a * b).var(), std=lambda a, b: (a * b).std(), norm=lambda a, b: (a * b).norm(),
                                                                                                          mean=lambda a, b: (a * b).mean().abs(), cumsum=lambda a, b: (a.cumsum(0) * b).imag.sum())


def numbers(x):
    x = torch.view_as_real(x.detach().resolve_conj()) if x.is_complex() else x.detach()
    return " ".join(f"{v:.17g}" if x.is_floating_point() else str(v) for v in (x.double() if x.is_floating_point() else x.long()).flatten().tolist())


def outcomes(ops, a, b):
    result = {}
    for name, f in ops.items():
        try: y = f(a, b)
        except (RuntimeError, NotImplementedError): continue
        result[name] = dict(dtype=name_of(y.dtype), values=numbers(y))
    return result


def drawn(key, low, high): return torch.randint(low, high, (20,), generator=seeded(key))


def generate():
    types = {}
    for dtype in (torch.uint8, torch.int8, torch.int16):
        a, b = drawn("a", 0 if dtype == torch.uint8 else -100, 100).to(dtype), drawn("b", 1, 9).to(dtype)
        types[name_of(dtype)] = dict(a=numbers(a), b=numbers(b), ops=outcomes(REAL, a, b))
    for dtype in (torch.float16, torch.bfloat16):
        a, b = (drawn("a", -300, 300) / 100).to(dtype), (drawn("b", 20, 300) / 100).to(dtype)
        types[name_of(dtype)] = dict(a=numbers(a), b=numbers(b), ops=outcomes(HALF, a, b))
    for dtype in (torch.complex64, torch.complex128):
        a, b = (torch.complex(drawn(k + "r", -64, 64) / 32, drawn(k + "i", 1, 64) / 32).to(dtype) for k in "ab")
        grads = {}
        for name, f in LOSSES.items():
            x, y = a.clone().requires_grad_(), b.clone().requires_grad_()
            f(x, y).backward()
            grads[name] = dict(a=numbers(x.grad), b=numbers(y.grad))
        types[name_of(dtype)] = dict(a=numbers(a), b=numbers(b), ops=outcomes(COMPLEX, a, b), gradients=grads)
    save_json("dtypes", types)
