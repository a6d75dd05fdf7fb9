#!/usr/bin/env python3
"""Makes the golden files in this folder from what PyTorch computes.

    python3 tests/golden/generate.py             all families
    python3 tests/golden/generate.py losses      some of them

The files are committed, so that no test needs Python; they were made with PyTorch 1.13.1.
"""
import importlib
import sys

import torch

# In the order of their files' making; a new one is a line more.
FAMILIES = [importlib.import_module(f"families.{name}") for name in """
    averaging unary binary functions layouts reductions statistics places products matmul movement convolution spatial layers losses
    optimizers networks models
    pictures boxes transforms policies draws segmentation regions drawing detection detr faces
    sequences
    gpt
    initialization promotion printing checkpoints linalg special fourier distributions dtypes
    sparse quantization quantized_models refusals
""".split()]

if __name__ == "__main__":
    torch.set_num_threads(1)
    wanted = sys.argv[1:]
    for module in FAMILIES:
        if not wanted or module.__name__.split(".")[-1] in wanted: module.generate()
