#!/usr/bin/python3
"""PyTorch's side of bench/compare: the same networks from the same weights, measured in a process of its own.

    worker.py train NETWORK FOLDER --seconds S [--channels-last]     prints a line of JSON
    worker.py first NETWORK FOLDER                                   one prediction of the saved model

FOLDER holds weights.safetensors and batch.safetensors (x and y).
"""
import argparse
import json
import resource
import statistics
import struct
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("what", choices=["train", "first"])
parser.add_argument("network")
parser.add_argument("folder", type=Path)
parser.add_argument("--seconds", type=float, default=4)
parser.add_argument("--channels-last", action="store_true")
args = parser.parse_args()
TYPES = {"F32": torch.float32, "I64": torch.int64}


def load(path):
    raw = bytearray(path.read_bytes())
    size, = struct.unpack_from("<Q", raw)
    header = json.loads(raw[8:8 + size])
    header.pop("__metadata__", None)
    view = memoryview(raw)[8 + size:]
    read = lambda e: torch.frombuffer(view[slice(*e["data_offsets"])], dtype=TYPES[e["dtype"]]).reshape(e["shape"]).clone()
    return {key: read(entry) for key, entry in header.items()}


class CorrelationNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2, self.conv3 = nn.Conv2d(1, 32, 3), nn.Conv2d(32, 64, 3), nn.Conv2d(64, 128, 3)
        self.fc1, self.fc2 = nn.Linear(14 * 14 * 128, 128), nn.Linear(128, 1)

    def forward(self, x):
        for conv in (self.conv1, self.conv2, self.conv3):
            x = F.avg_pool2d(conv(x).relu(), 2)
        return self.fc2(self.fc1(x.flatten(1)).relu())


class NormalizedNet(CorrelationNet):
    def __init__(self):
        super().__init__()
        self.bn1, self.bn2, self.bn3, self.bn4 = nn.BatchNorm2d(32), nn.BatchNorm2d(64), nn.BatchNorm2d(128), nn.BatchNorm1d(128)

    def forward(self, x):
        for conv, norm in ((self.conv1, self.bn1), (self.conv2, self.bn2), (self.conv3, self.bn3)):
            x = F.avg_pool2d(norm(conv(x).relu()), 2)
        return self.fc2(self.bn4(self.fc1(x.flatten(1)).relu()))


class Mlp(nn.Module):
    def __init__(self, *sizes):
        super().__init__()
        self.count = len(sizes) - 1
        for i in range(self.count):
            setattr(self, f"fc{i + 1}", nn.Linear(sizes[i], sizes[i + 1]))

    def forward(self, x):
        for i in range(1, self.count):
            x = getattr(self, f"fc{i}")(x).relu()
        return getattr(self, f"fc{self.count}")(x)


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs)
        self.conv2, self.bn2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs)
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = self.bn2(self.conv2(self.bn1(self.conv1(x)).relu()))
        return (y + (self.downsample(x) if hasattr(self, "downsample") else x)).relu()


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bn1, self.fc = nn.Conv2d(3, 64, 3, 1, 1, bias=False), nn.BatchNorm2d(64), nn.Linear(512, 10)
        for i, (inputs, outputs) in enumerate([(64, 64), (64, 128), (128, 256), (256, 512)], 1):
            setattr(self, f"layer{i}", nn.Sequential(Block(inputs, outputs, 1 if i == 1 else 2), Block(outputs, outputs, 1)))

    def forward(self, x):
        x = self.bn1(self.conv1(x)).relu()
        return self.fc(self.layer4(self.layer3(self.layer2(self.layer1(x)))).mean((2, 3)))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed, self.position, self.head = nn.Embedding(1000, 128), nn.Parameter(torch.zeros(64, 128)), nn.Linear(128, 10)
        self.layers = nn.Sequential(*(nn.TransformerEncoderLayer(128, 4, 512, dropout=0.0, batch_first=True) for _ in range(2)))

    def forward(self, x):
        return self.head(self.layers(self.embed(x) + self.position).mean(1))


adam = lambda p: torch.optim.Adam(p)
NETWORKS = {
    "correlation": (CorrelationNet, F.mse_loss, adam),
    "normalized": (NormalizedNet, F.mse_loss, adam),
    "wide-mlp": (lambda: Mlp(16900, 128, 256, 1), F.mse_loss, adam),
    "small-mlp": (lambda: Mlp(64, 64, 10), F.cross_entropy, adam),
    "resnet": (ResNet, F.cross_entropy, lambda p: torch.optim.SGD(p, 0.01, momentum=0.9)),
    "transformer": (Transformer, F.cross_entropy, adam),
}
make, loss_of, make_optimizer = NETWORKS[args.network]
net = make()
net.load_state_dict(load(args.folder / "weights.safetensors"))
batch = load(args.folder / "batch.safetensors")
x, y = batch["x"], batch["y"]

if args.what == "first":
    net.eval()
    with torch.no_grad():
        print(net(x[:1]).flatten()[0].item())
    raise SystemExit

if args.channels_last:
    net, x = net.to(memory_format=torch.channels_last), x.to(memory_format=torch.channels_last)
optimizer = make_optimizer(net.parameters())


def step():
    optimizer.zero_grad(set_to_none=True)
    loss = loss_of(net(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


def predict():
    with torch.no_grad():
        net(x)


def median(work, seconds):
    times = []
    for _ in range(3):
        work()
    start = time.perf_counter()
    while len(times) < 5 or time.perf_counter() - start < seconds:
        begin = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - begin))
    return statistics.median(times)


first = step()
train = median(step, args.seconds)
net.eval()
print(json.dumps(dict(
    parameters=sum(p.numel() for p in net.parameters()), firstLoss=first, trainMs=train, predictMs=median(predict, args.seconds / 2),
    peakMb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)))
