"""Averages of weights: a network trained by SGD, its EMA after every batch, and its SWA after every epoch from the third, with update_bn.

Data and first weights are sines, so that nobody needs a random generator.
"""
import copy

import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, update_bn

from record import save_json

EPOCHS, START, DECAY = 6, 3, 0.9


def sines(*shape, shift=0.0):
    n = 1
    for s in shape: n *= s
    return torch.sin(torch.arange(n, dtype=torch.float64) * 1.7 + shift).reshape(shape)


def generate():
    net = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 1)).double()
    for i, p in enumerate(net.parameters()):
        if i not in (2, 3): p.data = sines(*p.shape, shift=i)
    x, y = sines(40, 3, shift=0.3), sines(40, 1, shift=0.7)
    batches = [(x[i:i + 8], y[i:i + 8]) for i in range(0, 40, 8)]
    optimizer = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9)
    ema = AveragedModel(net, avg_fn=lambda average, now, n: average + (1 - DECAY) * (now - average))
    swa = AveragedModel(net)
    record = {"ema": [], "swa": []}
    for epoch in range(1, EPOCHS + 1):
        net.train()
        for a, b in batches:
            optimizer.zero_grad()
            nn.functional.mse_loss(net(a), b).backward()
            optimizer.step()
            ema.update_parameters(net)
            for mine, theirs in zip(ema.module.buffers(), net.buffers()): mine.copy_(theirs)      # as from PyTorch 2.0 on
        if epoch >= START: swa.update_parameters(net)
        for name, average in ("ema", ema), ("swa", swa):
            evaluated = copy.deepcopy(net if name == "swa" and epoch < START else average.module)
            if name == "swa" and epoch >= START: update_bn(batches, evaluated)
            evaluated.eval()
            with torch.no_grad(): loss = nn.functional.mse_loss(evaluated(x), y).item()
            state = {k: v.double().reshape(-1).tolist() for k, v in evaluated.state_dict().items()}
            record[name].append({"valid_loss": loss, "state": state})
    save_json("averaging", record)
