#!/usr/bin/python3
"""The work of `./run bench step`, written for PyTorch: images per second of training and prediction of the correlation network.

    /usr/bin/python3 bench/pytorch/correlation_step.py [--channels-last] [--threads 2] [--steps 8]

Debian's package python3-torch is enough. With the environment variables
MALLOC_MMAP_THRESHOLD_=8589934592 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=1073741824 PyTorch keeps its memory instead of
faulting it in anew at each step; quote that row too.
"""
import argparse
import resource
import statistics
import time

import torch
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--channels-last", action="store_true")
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--steps", type=int, default=8)
args = parser.parse_args()
torch.set_num_threads(args.threads)
torch.manual_seed(777)


class CorrelationNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2, self.conv3 = nn.Conv2d(1, 32, 3), nn.Conv2d(32, 64, 3), nn.Conv2d(64, 128, 3)
        self.fc1, self.fc2 = nn.Linear(14 * 14 * 128, 128), nn.Linear(128, 1)

    def forward(self, x):
        for conv in (self.conv1, self.conv2, self.conv3):
            x = nn.functional.avg_pool2d(conv(x).relu(), 2)
        return self.fc2(self.fc1(x.flatten(1)).relu())


net = CorrelationNet()
x, y = torch.rand(64, 1, 130, 130), torch.rand(64, 1)
if args.channels_last:
    net, x = net.to(memory_format=torch.channels_last), x.to(memory_format=torch.channels_last)
adam = torch.optim.Adam(net.parameters())


def train():
    adam.zero_grad(set_to_none=True)
    loss = nn.functional.mse_loss(net(x), y)
    loss.backward()
    adam.step()
    return loss.item()


def predict():
    with torch.no_grad():
        return net(x).sum().item()


def rate(work):
    work(), work()
    times = []
    for _ in range(args.steps):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 64 / statistics.median(times)


assert sum(p.numel() for p in net.parameters()) == 3_304_193
training, prediction = rate(train), rate(predict)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
layout = "channels_last" if args.channels_last else "NCHW"
print(f"PyTorch {torch.__version__} {layout}: training {training:.0f} images/s, prediction {prediction:.0f} images/s, peak memory {peak} MB")
