"""How layers begin: not the numbers, which depend on the generator, but the distributions they come from.

A parameter is {"uniform": bound}, {"normal": std} (mean 0) or {"constant": value}. Each claim is checked here against a large sample of PyTorch's.
"""
import math

import torch
from torch import nn
from torch.nn import init

from record import save_json

LAYERS = [
    (nn.Linear(400, 300), dict(weight=("uniform", 1 / math.sqrt(400)), bias=("uniform", 1 / math.sqrt(400)))),
    (nn.Conv1d(30, 200, 5), dict(weight=("uniform", 1 / math.sqrt(150)), bias=("uniform", 1 / math.sqrt(150)))),
    (nn.Conv2d(30, 200, 3), dict(weight=("uniform", 1 / math.sqrt(270)), bias=("uniform", 1 / math.sqrt(270)))),
    (nn.Conv2d(40, 200, (3, 5), groups=4), dict(weight=("uniform", 1 / math.sqrt(150)), bias=("uniform", 1 / math.sqrt(150)))),
    (nn.ConvTranspose2d(30, 200, 3), dict(weight=("uniform", 1 / math.sqrt(1800)), bias=("uniform", 1 / math.sqrt(1800)))),
    (nn.Embedding(400, 300), dict(weight=("normal", 1.0))),
    (nn.BatchNorm2d(7), dict(weight=("constant", 1.0), bias=("constant", 0.0), running_mean=("constant", 0.0), running_var=("constant", 1.0), num_batches_tracked=("constant", 0.0))),
    (nn.LayerNorm(7), dict(weight=("constant", 1.0), bias=("constant", 0.0))),
    (nn.GroupNorm(1, 7), dict(weight=("constant", 1.0), bias=("constant", 0.0))),
    (nn.PReLU(3), dict(weight=("constant", 0.25))),
    (nn.RNN(100, 200), {k: ("uniform", 1 / math.sqrt(200)) for k in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")}),
    (nn.LSTM(100, 200), {k: ("uniform", 1 / math.sqrt(200)) for k in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")}),
    (nn.GRU(100, 200), {k: ("uniform", 1 / math.sqrt(200)) for k in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")}),
    (nn.MultiheadAttention(200, 2), dict(in_proj_weight=("uniform", math.sqrt(6 / 800)), in_proj_bias=("constant", 0.0)) | {"out_proj.weight": ("uniform", 1 / math.sqrt(200)), "out_proj.bias": ("constant", 0.0)}),
    (nn.Bilinear(100, 30, 40), dict(weight=("uniform", 1 / math.sqrt(100)), bias=("uniform", 1 / math.sqrt(100)))),
]
GAINS = [("linear", None), ("conv2d", None), ("sigmoid", None), ("tanh", None), ("relu", None), ("leaky_relu", None), ("leaky_relu", 0.2), ("selu", None)]
SHAPES = [(300, 400), (200, 30, 3, 3), (200, 30, 5)]


def fans(shape):
    field = math.prod(shape[2:])
    return shape[1] * field, shape[0] * field


def agree(values, kind, number):
    """A sample of n uniform numbers stays inside the bound and comes close to it; the spread of normal ones is within 5 standard errors."""
    values, n = values.detach().double(), values.numel()
    if kind == "constant": assert (values == number).all()
    elif kind == "uniform": assert number * (1 - 20 / n) <= values.abs().max() <= number * (1 + 1e-6) and abs(values.mean()) < 5 * number / math.sqrt(3 * n), (number, values.abs().max())
    else: assert abs(values.std() / number - 1) < 5 / math.sqrt(2 * n) and abs(values.mean()) < 5 * number / math.sqrt(n), (number, values.std())


def initializers():
    for shape in SHAPES:
        fan_in, fan_out = fans(shape)
        yield "xavier_uniform_", shape, {}, "uniform", math.sqrt(6 / (fan_in + fan_out))
        yield "xavier_normal_", shape, dict(gain=2.0), "normal", 2 * math.sqrt(2 / (fan_in + fan_out))
        for mode, fan in (("fan_in", fan_in), ("fan_out", fan_out)):
            for nonlinearity, a, gain in (("relu", 0, math.sqrt(2)), ("leaky_relu", math.sqrt(5), math.sqrt(1 / 3)), ("tanh", 0, 5 / 3), ("linear", 0, 1.0)):
                yield "kaiming_uniform_", shape, dict(a=a, mode=mode, nonlinearity=nonlinearity), "uniform", gain * math.sqrt(3 / fan)
                yield "kaiming_normal_", shape, dict(a=a, mode=mode, nonlinearity=nonlinearity), "normal", gain / math.sqrt(fan)


def generate():
    torch.manual_seed(1)
    layers = []
    for layer, claims in LAYERS:
        state = layer.state_dict()
        assert state.keys() == claims.keys(), (layer, state.keys())
        for key, (kind, number) in claims.items(): agree(state[key], kind, number)
        layers.append(dict(layer=repr(layer), parameters={k: {kind: number} for k, (kind, number) in claims.items()}))
    table = []
    for name, shape, arguments, kind, number in initializers():
        agree(getattr(init, name)(torch.empty(shape), **arguments), kind, number)
        table.append(dict(init=name, shape=shape, arguments=arguments, **{kind: number}))
    save_json("initialization", dict(
        layers=layers, initializers=table,
        fans=[dict(shape=s, fan_in=init._calculate_fan_in_and_fan_out(torch.empty(s))[0], fan_out=init._calculate_fan_in_and_fan_out(torch.empty(s))[1]) for s in SHAPES + [(5, 7)]],
        gains=[dict(nonlinearity=n, param=p, gain=init.calculate_gain(n, p)) for n, p in GAINS]))
