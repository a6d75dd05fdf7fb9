"""Fourier transforms and windows. Complex numbers are recorded as pairs of real ones."""
import torch
from torch import fft

from record import Family, values

NORMS = ("backward", "forward", "ortho")


def pairs(z): return torch.view_as_real(z.resolve_conj())
def complexes(x): return torch.view_as_complex(x)
def z(*shape, key): return values(*shape, 2, key=key)


def generate():
    family = Family("fourier")
    for length in (1, 2, 3, 4, 5, 7, 8, 12, 15, 16, 37, 62, 74, 97, 100): lengths(family, length)
    for norm in NORMS:
        for op in ("fft", "ifft"): family.case(op, lambda x, norm, op=op: pairs(getattr(fft, op)(complexes(x), norm=norm)), z(2, 6, key="n"), norm=norm)
        for op in ("rfft", "ihfft"): family.case(op, lambda x, norm, op=op: pairs(getattr(fft, op)(x, norm=norm)), values(2, 6, key="n"), norm=norm)
        for op in ("irfft", "hfft"): family.case(op, lambda x, norm, op=op: getattr(fft, op)(complexes(x), norm=norm), z(2, 4, key="n"), norm=norm)
    for n in (3, 6, 9):
        for dim in (0, -2):
            for op in ("fft", "ifft"): family.case(op, lambda x, n, dim, op=op: pairs(getattr(fft, op)(complexes(x), n, dim)), z(5, 6, 2, key="d"), n=n, dim=dim)
            for op in ("rfft", "ihfft"): family.case(op, lambda x, n, dim, op=op: pairs(getattr(fft, op)(x, n, dim)), values(5, 6, 2, key="d"), n=n, dim=dim)
            for op in ("irfft", "hfft"): family.case(op, lambda x, n, dim, op=op: getattr(fft, op)(complexes(x), n, dim), z(5, 6, 2, key="d"), n=n, dim=dim)
    family.case("fft", lambda x: pairs(fft.fft(x)), values(2, 5, key="real"), label="of real numbers")
    for norm in NORMS:
        for two in (False, True):
            name = "2" if two else "n"
            for op in ("fft", "ifft"): family.case(op + name, lambda x, norm, op=op + name: pairs(getattr(fft, op)(complexes(x), norm=norm)), z(2, 3, 4, key="m"), norm=norm)
            for op in ("rfft", "ihfft"): family.case(op + name, lambda x, norm, op=op + name: pairs(getattr(fft, op)(x, norm=norm)), values(2, 3, 4, key="m"), norm=norm)
            for op in ("irfft", "hfft"): family.case(op + name, lambda x, norm, op=op + name: getattr(fft, op)(complexes(x), norm=norm), z(2, 3, 4, key="m"), norm=norm)
    for op in ("fftn", "ifftn"): family.case(op, lambda x, s, dim, op=op: pairs(getattr(fft, op)(complexes(x), s, dim)), z(2, 3, 4, key="s"), s=[3, 3], dim=[2, 0])
    family.case("rfftn", lambda x, s: pairs(fft.rfftn(x, s)), values(2, 3, 4, key="s"), s=[4, 5])
    family.case("irfftn", lambda x, s, dim: fft.irfftn(complexes(x), s, dim), z(2, 3, 4, key="s"), s=[4, 5], dim=[0, 1])
    for n in (1, 4, 5):
        family.case("fftfreq", lambda x, n, d: fft.fftfreq(n, d, dtype=x.dtype), values(1, key="f"), n=n, d=0.5, grad=False)
        family.case("rfftfreq", lambda x, n, d: fft.rfftfreq(n, d, dtype=x.dtype), values(1, key="f"), n=n, d=0.5, grad=False)
    for op in ("fftshift", "ifftshift"):
        family.case(op, getattr(fft, op), values(4, 5, key="shift"))
        family.case(op, lambda x, dim, op=op: getattr(fft, op)(x, dim), values(4, 5, key="shift"), dim=[1])
    signals(family)
    windows(family)
    family.write()


def lengths(family, n):
    family.case("fft", lambda x: pairs(fft.fft(complexes(x))), z(n, key="l"))
    family.case("ifft", lambda x: pairs(fft.ifft(complexes(x))), z(n, key="l"))
    family.case("rfft", lambda x: pairs(fft.rfft(x)), values(3, n, key="l"))
    family.case("irfft", lambda x, n: fft.irfft(complexes(x), n), z(3, n // 2 + 1, key="l"), n=n)


def signals(family):
    hann = torch.hann_window(8, dtype=torch.float64)
    for arguments in (dict(), dict(center=False), dict(hop_length=3, normalized=True), dict(win_length=6), dict(onesided=False)):
        window = torch.hann_window(arguments.get("win_length", 8), dtype=torch.float64)
        family.case("stft", lambda x, window, **a: pairs(torch.stft(x, 8, window=window, return_complex=True, pad_mode="reflect", **a)), values(2, 30, key="stft"), window=window.float().double(),
                    constant=("window",), **arguments)
    for arguments in (dict(), dict(hop_length=3, normalized=True), dict(onesided=False), dict(length=25), dict(length=40)):
        rows = 8 if arguments.get("onesided") is False else 5
        family.case("istft", lambda x, window, **a: torch.istft(complexes(x), 8, window=window, **a), z(2, rows, 16, key="istft"), window=torch.hamming_window(8, dtype=torch.float64).float().double(),
                    constant=("window",), **arguments)


def windows(family):
    for name in ("bartlett", "blackman", "hann", "hamming", "kaiser"):
        for n in (1, 2, 7, 8):
            for periodic in (False, True):
                family.case("window", lambda x, name, n, periodic: getattr(torch, f"{name}_window")(n, periodic, dtype=x.dtype), values(1, key="w"), name=name, n=n, periodic=periodic, grad=False)
