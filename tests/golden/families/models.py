"""torchvision's networks: keys and shapes of their state dicts, and what they compute with weights that a formula makes."""
import base64
import hashlib
import struct

import torch
from torchvision import models

from record import save_json

# What is computed: the name, and the size of the pictures. The rest is compared by keys and shapes alone, for it has the same blocks.
COMPUTED = {
    "resnet18": 64, "resnet50": 64, "resnext50_32x4d": 64, "wide_resnet50_2": 64, "alexnet": 96, "vgg11_bn": 64, "squeezenet1_0": 64,
    "squeezenet1_1": 64, "densenet121": 64, "mobilenet_v2": 64, "mobilenet_v3_large": 64, "mobilenet_v3_small": 64, "efficientnet_b0": 64,
    "efficientnet_b5": 64, "efficientnet_v2_s": 64, "convnext_tiny": 64, "vit_b_32": 224, "googlenet": 64, "inception_v3": 96, "shufflenet_v2_x0_5": 64,
    "shufflenet_v2_x1_0": 64, "mnasnet0_5": 64, "mnasnet1_0": 64, "regnet_y_400mf": 64, "regnet_x_400mf": 64, "swin_t": 80, "swin_v2_t": 72, "maxvit_t": 224
}
NAMED = [
    "resnet34", "resnet101", "resnet152", "resnext101_32x8d", "resnext101_64x4d", "wide_resnet101_2", "vgg11", "vgg13", "vgg16", "vgg19",
    "vgg13_bn", "vgg16_bn", "vgg19_bn", "densenet161", "densenet169", "densenet201", "efficientnet_b1", "efficientnet_b2", "efficientnet_b3",
    "efficientnet_b4", "efficientnet_b6", "efficientnet_b7", "efficientnet_v2_m", "efficientnet_v2_l", "convnext_small", "convnext_base",
    "vit_b_16", "shufflenet_v2_x1_5", "shufflenet_v2_x2_0", "mnasnet0_75", "mnasnet1_3",
    *[f"regnet_{k}" for k in ("y_800mf", "y_1_6gf", "y_3_2gf", "y_8gf", "y_16gf", "y_32gf", "x_800mf", "x_1_6gf", "x_3_2gf", "x_8gf", "x_16gf", "x_32gf")],
    "swin_s", "swin_b", "swin_v2_s", "swin_v2_b"
]
CLASSES = 7

# A deep network of wide residual blocks makes numbers so large with such weights that rounding decides: these are smaller.
GAINS = {"efficientnet_v2_s": 0.5}


def noise(count, entry):
    """Numbers from 0 to 1 that look random and follow from their place."""
    i = torch.arange(count, dtype=torch.float64)
    v = torch.sin(i * 12.9898 + entry * 78.233) * 43758.5453
    return v - v.floor()


def entry(name): return sum((i + 1) * ord(c) for i, c in enumerate(name)) % 997


def fill(model, gain):
    for name, t in model.state_dict().items():
        if not t.is_floating_point(): continue
        u = noise(t.numel(), entry(name)).reshape(t.shape)
        if name.endswith("running_var"): v = 0.5 + u
        elif name.endswith("running_mean"): v = 0.2 * (u - 0.5)
        elif t.dim() > 1 and t.shape[0] > 1 and "layer_scale" not in name: v = (2 * u - 1) * gain * (6 / (t.numel() / t.shape[0])) ** 0.5
        elif name.endswith("weight"): v = 0.75 + 0.5 * u
        else: v = 0.2 * (u - 0.5)
        t.copy_(v.float())


def keys(model):
    """The names in any order, each with its shape: counters are written by some and not by others."""
    lines = sorted(f"{k} {'x'.join(map(str, t.shape))}" for k, t in model.state_dict().items() if not k.endswith("num_batches_tracked"))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def gradients(model):
    """Two numbers of each parameter's gradient, in the order of names, float32 in base64: its norm, and its sum when it is weighted by numbers from -1 to 1 that
    follow from the name. A gradient that is turned, shifted or of another parameter has another sum. What has none, as helpers on the way in evaluation, has zeros."""
    marks = []
    for name, p in sorted(model.named_parameters()):
        g = torch.zeros(1) if p.grad is None else p.grad.double()
        marks += [float(g.norm()), float(((noise(p.numel(), entry(name) + 1) * 2 - 1).reshape(p.shape) * g).sum())]
    return base64.b64encode(struct.pack(f"<{len(marks)}f", *marks)).decode()


def computed(name, size):
    model = getattr(models, name)(num_classes=CLASSES).eval()
    gain = GAINS.get(name, 1)
    fill(model, gain)
    # In float64: what is compared with it has the rounding errors of one of the two alone.
    x = (noise(2 * 3 * size * size, 0) * 2 - 1).float().double().reshape(2, 3, size, size)
    y = model.double()(x)
    weights = torch.cos(torch.arange(2 * CLASSES, dtype=torch.float64)).float().reshape(2, CLASSES)
    (y * weights).sum().backward()
    return {"size": size, "gain": gain, "output": [float(f"{v:.8g}") for v in y.detach().flatten()], "gradients": gradients(model)}


def generate():
    # All weights come from the formula: nothing need be drawn.
    for draw in ("kaiming_normal_", "kaiming_uniform_", "normal_", "uniform_", "trunc_normal_", "xavier_uniform_", "zeros_", "ones_", "constant_"):
        setattr(torch.nn.init, draw, lambda tensor, *args, **kwargs: tensor)
    record = {}
    for name in [*COMPUTED, *NAMED]:
        model = getattr(models, name)()
        record[name] = {"parameters": sum(p.numel() for p in model.parameters()), "keys": keys(model)}
        del model
    for name, size in COMPUTED.items(): record[name] |= computed(name, size)
    save_json("models", record)
