#!/usr/bin/env python3
"""Makes src/Candeia.Core/Cpu/Kernels/Special/ChebyshevTables.cs: coefficients of Bessel's and Airy's functions, by mpmath to 40 digits.

Each table is a series in t on [-1, 1] of a smooth factor of the function; Bessel.cs says which factor, and what t is.
"""
from pathlib import Path

from mpmath import mp, mpf, airyai, airybi, besseli, besselj, besselk, bessely, cos, exp, log, pi, sin, sqrt, taylor

mp.dps = 40
TINY = mpf(10) ** -19


def series(f, most=64):
    """The coefficients that matter of a function on [-1, 1]."""
    values = [f(cos(pi * (j + mpf(1) / 2) / most)) for j in range(most)]
    found = [2 * sum(v * cos(pi * k * (j + mpf(1) / 2) / most) for j, v in enumerate(values)) / most for k in range(most)]
    found[0] /= 2
    scale = max(abs(c) for c in found)
    while abs(found[-1]) < TINY * scale: found.pop()
    return found


def between(low, high, f):
    """A function of x on an interval as one of t."""
    return lambda t: f(low + (high - low) * (t + 1) / 2)


def limit(f, at):
    """Zero is a removable singularity of what is expanded."""
    return lambda u: f(u if abs(u) > mpf(10) ** -30 else mpf(at))


def hankel(order, part, u):
    """P or Q of J = sqrt(2 / (pi x)) (P cos(c) - Q sin(c)), Y = sqrt(2 / (pi x)) (P sin(c) + Q cos(c)), at x = 8 / sqrt(u); of Q, Q * x."""
    x = 8 / sqrt(limit(lambda v: v, mpf(10) ** -12)(u))
    c = x - pi * (2 * order + 1) / 4
    j, y, factor = besselj(order, x), bessely(order, x), sqrt(pi * x / 2)
    return factor * (j * cos(c) + y * sin(c)) if part == "P" else factor * (y * cos(c) - j * sin(c)) * x


def airy(part, u):
    """The same for Ai(-x) = (P cos(c) + Q sin(c)) / (sqrt(pi) x^(1/4)) with c = 2/3 x^(3/2) - pi/4, at zeta = 2/3 x^(3/2) = zeta0 / sqrt(u); of Q, Q * zeta."""
    zeta = ZETA / sqrt(limit(lambda v: v, mpf(10) ** -12)(u))
    x = (zeta * 3 / 2) ** (mpf(2) / 3)
    c = zeta - pi / 4
    a, b, factor = airyai(-x), airybi(-x), sqrt(pi) * x ** (mpf(1) / 4)
    return factor * (a * cos(c) - b * sin(c)) if part == "P" else factor * (a * sin(c) + b * cos(c)) * zeta


EULER = mp.euler
ZETA = mpf(2) / 3 * mpf(2) ** (mpf(3) / 2)                                   # of x = 2
FAR = mpf(10) ** 12


def inverse(edge, f):
    """f(x) for x = edge / u on u in [0, 1]."""
    return between(mpf(0), mpf(1), lambda u: f(min(FAR, edge / u) if u > 0 else FAR))


TABLES = {
    "I0Near": between(0, 8, lambda x: exp(-x) * besseli(0, x)),
    "I0Far": inverse(8, lambda x: exp(-x) * sqrt(x) * besseli(0, x)),
    "I1Near": between(mpf(0), mpf(8), limit(lambda x: exp(-x) * besseli(1, x) / x, mpf(10) ** -25)),
    "I1Far": inverse(8, lambda x: exp(-x) * sqrt(x) * besseli(1, x)),
    "K0Near": between(mpf(0), mpf(4), limit(lambda u: besselk(0, sqrt(u)) + log(sqrt(u) / 2) * besseli(0, sqrt(u)), mpf(10) ** -25)),
    "K0Far": inverse(2, lambda x: exp(x) * sqrt(x) * besselk(0, x)),
    "K1Near": between(mpf(0), mpf(4), limit(lambda u: (besselk(1, sqrt(u)) - log(sqrt(u) / 2) * besseli(1, sqrt(u))) * sqrt(u), mpf(10) ** -25)),
    "K1Far": inverse(2, lambda x: exp(x) * sqrt(x) * besselk(1, x)),
    "J0Near": between(mpf(0), mpf(64), lambda u: besselj(0, sqrt(u))),
    "J1Near": between(mpf(0), mpf(64), limit(lambda u: besselj(1, sqrt(u)) / sqrt(u), mpf(10) ** -25)),
    "Y0Near": between(mpf(0), mpf(64), limit(lambda u: bessely(0, sqrt(u)) - 2 / pi * log(sqrt(u)) * besselj(0, sqrt(u)), mpf(10) ** -25)),
    "Y1Near": between(mpf(0), mpf(64), limit(lambda u: (bessely(1, sqrt(u)) - 2 / pi * (log(sqrt(u)) * besselj(1, sqrt(u)) - 1 / sqrt(u))) / sqrt(u), mpf(10) ** -12)),
    "P0": between(mpf(0), mpf(1), lambda u: hankel(0, "P", u)),
    "Q0": between(mpf(0), mpf(1), lambda u: hankel(0, "Q", u)),
    "P1": between(mpf(0), mpf(1), lambda u: hankel(1, "P", u)),
    "Q1": between(mpf(0), mpf(1), lambda u: hankel(1, "Q", u)),
    "AiFar": between(mpf(0), mpf(1), lambda u: (lambda z: (lambda x: airyai(x) * exp(z) * 2 * sqrt(pi) * x ** (mpf(1) / 4))((z * 3 / 2) ** (mpf(2) / 3)))(ZETA / 2 / sqrt(mpf(2)) / max(u, mpf(10) ** -8))),
    "AiP": between(mpf(0), mpf(1), lambda u: airy("P", u)),
    "AiQ": between(mpf(0), mpf(1), lambda u: airy("Q", u)),
}


def wrapped(numbers):
    lines, line = [], ""
    for n in numbers:
        if len(line) + len(n) > 136:
            lines.append(line.rstrip())
            line = ""
        line += n + ", "
    return "\n        ".join(lines + [line.rstrip(", ")])


def main():
    blocks = []
    for name, f in TABLES.items():
        numbers = [repr(float(c)) for c in series(f)]
        print(f"{name:8} {len(numbers):3} coefficients, the last {numbers[-1]}")
        blocks.append(f"    public static ReadOnlySpan<double> {name} =>\n    [\n        {wrapped(numbers)},\n    ];")
    text = ("namespace Candeia.Kernels;\n\n/// <summary>Chebyshev series of factors of Bessel's and Airy's functions, made by eng/chebyshev.py.</summary>\n"
            "internal static class ChebyshevTables\n{\n" + "\n\n".join(blocks) + "\n}\n")
    (Path(__file__).parent.parent / "src/Candeia.Core/Cpu/Kernels/Special/ChebyshevTables.cs").write_text(text)


if __name__ == "__main__":
    main()
