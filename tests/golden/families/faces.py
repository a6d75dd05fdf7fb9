"""Inception-ResNet v1 as facenet-pytorch builds it: keys, and what it computes with weights that a formula makes.

faces/hopper.png shows Rear Admiral Grace Hopper twice: a photograph of the US Navy by James S. Davis, 1984, in the public domain.
"""
from collections import OrderedDict

import torch
from torch import nn

from families.models import CLASSES, fill, gradients, keys, noise
from record import save_json

SIZE = 80


def conv(inputs, outputs, kernel, stride=1, padding=0):
    return nn.Sequential(OrderedDict(conv=nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False), bn=nn.BatchNorm2d(outputs, 0.001), relu=nn.ReLU()))


class Branches(nn.Module):
    def __init__(self, *branches, channels=None, scale=1, relu=True):
        super().__init__()
        for i, b in enumerate(branches): self.add_module(f"branch{i}", b)
        self.ways, self.scale, self.relu = len(branches), scale, relu
        if channels: self.conv2d = nn.Conv2d(channels[0], channels[1], 1)

    def forward(self, x):
        y = torch.cat([getattr(self, f"branch{i}")(x) for i in range(self.ways)], 1)
        if not hasattr(self, "conv2d"): return y
        y = self.conv2d(y) * self.scale + x
        return y.relu() if self.relu else y


def block35():
    return Branches(conv(256, 32, 1), nn.Sequential(conv(256, 32, 1), conv(32, 32, 3, 1, 1)), nn.Sequential(conv(256, 32, 1), conv(32, 32, 3, 1, 1), conv(32, 32, 3, 1, 1)),
                    channels=(96, 256), scale=0.17)


def block17():
    return Branches(conv(896, 128, 1), nn.Sequential(conv(896, 128, 1), conv(128, 128, (1, 7), 1, (0, 3)), conv(128, 128, (7, 1), 1, (3, 0))), channels=(256, 896), scale=0.1)


def block8(scale=0.2, relu=True):
    return Branches(conv(1792, 192, 1), nn.Sequential(conv(1792, 192, 1), conv(192, 192, (1, 3), 1, (0, 1)), conv(192, 192, (3, 1), 1, (1, 0))),
                    channels=(384, 1792), scale=scale, relu=relu)


class InceptionResnetV1(nn.Module):
    def __init__(self, classes=None):
        super().__init__()
        self.conv2d_1a, self.conv2d_2a, self.conv2d_2b, self.pool = conv(3, 32, 3, 2), conv(32, 32, 3), conv(32, 64, 3, 1, 1), nn.MaxPool2d(3, 2)
        self.conv2d_3b, self.conv2d_4a, self.conv2d_4b = conv(64, 80, 1), conv(80, 192, 3), conv(192, 256, 3, 2)
        self.repeat_1 = nn.Sequential(*[block35() for _ in range(5)])
        self.mixed_6a = Branches(conv(256, 384, 3, 2), nn.Sequential(conv(256, 192, 1), conv(192, 192, 3, 1, 1), conv(192, 256, 3, 2)), nn.MaxPool2d(3, 2))
        self.repeat_2 = nn.Sequential(*[block17() for _ in range(10)])
        self.mixed_7a = Branches(nn.Sequential(conv(896, 256, 1), conv(256, 384, 3, 2)), nn.Sequential(conv(896, 256, 1), conv(256, 256, 3, 2)),
                                 nn.Sequential(conv(896, 256, 1), conv(256, 256, 3, 1, 1), conv(256, 256, 3, 2)), nn.MaxPool2d(3, 2))
        self.repeat_3 = nn.Sequential(*[block8() for _ in range(5)])
        self.block8 = block8(1, relu=False)
        self.last_linear, self.last_bn = nn.Linear(1792, 512, bias=False), nn.BatchNorm1d(512, 0.001)
        if classes: self.logits = nn.Linear(512, classes)

    def forward(self, x):
        for name, layer in self.named_children():
            if name == "last_linear": x = x.mean((2, 3))
            x = layer(x)
        return x if hasattr(self, "logits") else nn.functional.normalize(x)


def computed(classes):
    model = InceptionResnetV1(classes).eval()
    fill(model, 0.7)
    x = (noise(2 * 3 * SIZE * SIZE, 0) * 2 - 1).float().double().reshape(2, 3, SIZE, SIZE)
    y = model.double()(x)
    (y * torch.cos(torch.arange(y.numel(), dtype=torch.float64)).float().reshape(y.shape)).sum().backward()
    return {"parameters": sum(p.numel() for p in model.parameters()), "keys": keys(model), "output": [float(f"{v:.7g}") for v in y.detach()[:, :16].flatten()],
            "gradients": gradients(model)}


def generate():
    save_json("faces", {"features": computed(None), "classes": computed(CLASSES)})
