#!/usr/bin/env python3
"""Makes the golden files in this folder from what PyTorch computes.

    python3 tests/golden/generate.py             all families
    python3 tests/golden/generate.py losses      some of them

The files are committed, so that no test needs Python; they were made with PyTorch 1.13.1.
"""
import sys

import torch

from families import (
    averaging, binary, checkpoints, convolution, distributions, dtypes, fourier, functions, gpt, initialization, layers, layouts, linalg, losses, matmul,
    movement, networks, optimizers, places, printing, products, promotion, reductions, sequences, spatial, special, statistics, unary,
)

FAMILIES = [
    averaging, unary, binary, functions, layouts, reductions, statistics, places, products, matmul, movement, convolution, spatial, layers, losses,
    optimizers, networks, sequences, gpt, initialization, promotion, printing, checkpoints, linalg, special, fourier, distributions, dtypes,
]

if __name__ == "__main__":
    torch.set_num_threads(1)
    wanted = sys.argv[1:]
    for module in FAMILIES:
        if not wanted or module.__name__.split(".")[-1] in wanted: module.generate()
