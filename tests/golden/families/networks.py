"""Small networks as a whole: a few training steps from given weights, and the keys of state dicts."""
import torch
from torch import nn, optim
import torch.nn.functional as F

from record import Family, save_json, name_of, values


class CorrelationNet(nn.Module):
    """The tutorial's network, shrunk to images of 18 x 18."""

    def __init__(self):
        super().__init__()
        self.conv1, self.conv2, self.fc1, self.fc2 = nn.Conv2d(1, 4, 3), nn.Conv2d(4, 8, 3), nn.Linear(72, 8), nn.Linear(8, 1)

    def forward(self, x):
        x = F.avg_pool2d(F.relu(self.conv1(x)), 2)
        x = F.avg_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc2(F.relu(self.fc1(x.flatten(1))))


class NormalizedNet(CorrelationNet):
    """The same with batch normalization after each ReLU, as in the second tutorial."""

    def __init__(self):
        super().__init__()
        self.bn1, self.bn2, self.bn3 = nn.BatchNorm2d(4), nn.BatchNorm2d(8), nn.BatchNorm1d(8)

    def forward(self, x):
        x = F.avg_pool2d(self.bn1(F.relu(self.conv1(x))), 2)
        x = F.avg_pool2d(self.bn2(F.relu(self.conv2(x))), 2)
        return self.fc2(self.bn3(F.relu(self.fc1(x.flatten(1)))))


class LinearNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc2, self.fc3 = nn.Linear(324, 8), nn.Linear(8, 6), nn.Linear(6, 1)

    def forward(self, x):
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x.flatten(1))))))


class TransformerNet(nn.Module):
    """The rows of an image as the words of a sentence."""

    def __init__(self):
        super().__init__()
        self.embed, self.encoder, self.head = nn.Linear(18, 8), nn.TransformerEncoderLayer(8, 2, 16, dropout=0.0, batch_first=True), nn.Linear(8, 1)

    def forward(self, x):
        return self.head(self.encoder(self.embed(x.squeeze(1))).mean(1))


def generate():
    family = Family("networks")
    bce = lambda y, t: F.binary_cross_entropy_with_logits(y, (t > 0).double())
    train(family, "correlation", CorrelationNet(), F.mse_loss, lambda p: optim.Adam(p), dict(loss="mse_loss", optimizer="Adam", lr=1e-3))
    train(family, "normalized", NormalizedNet(), F.mse_loss, lambda p: optim.AdamW(p, lr=1e-2), dict(loss="mse_loss", optimizer="AdamW", lr=1e-2))
    train(family, "linear", LinearNet(), bce, lambda p: optim.SGD(p, lr=0.1, momentum=0.9), dict(loss="binary_cross_entropy_with_logits of target > 0", optimizer="SGD", lr=0.1, momentum=0.9))
    train(family, "transformer", TransformerNet(), F.mse_loss, lambda p: optim.Adam(p, lr=1e-2), dict(loss="mse_loss", optimizer="Adam", lr=1e-2))
    family.write()
    save_json("state_dicts", [describe(m) for m in modules()])


def train(family, name, model, loss, make, says):
    """input0, input1: a batch and its targets. before.*, grad.* (of the first step), after.*; losses of 5 steps; output0 in train mode before, output1 in eval mode after."""
    model.double()
    with torch.no_grad():
        for key, p in model.named_parameters():
            if not key.startswith("bn"): p.copy_(values(*p.shape, low=-0.25, high=0.25, key=(name, key)))
    x, target = values(8, 1, 18, 18, low=0, high=1, key="images"), values(8, 1, low=-1, high=1, key="targets")
    arrays = dict(input0=x.float(), input1=target.float()) | {f"before.{k}": v.clone() for k, v in model.state_dict().items()}
    optimizer, losses = make(model.parameters()), []
    for step in range(5):
        optimizer.zero_grad()
        y = model(x)
        value = loss(y, target)
        value.backward()
        if step == 0: arrays |= {"output0": y} | {f"grad.{k}": p.grad.clone() for k, p in model.named_parameters()}
        losses.append(value.detach())
        optimizer.step()
    model.eval()
    arrays |= {"losses": torch.stack(losses), "output1": model(x)} | {f"after.{k}": v for k, v in model.state_dict().items()}
    family.add(f"train/{name}", says, arrays)


def modules():
    return [
        CorrelationNet(), NormalizedNet(), LinearNet(), nn.Linear(3, 2), nn.Linear(3, 2, bias=False), nn.Conv1d(2, 4, 3), nn.Conv2d(2, 4, 3, groups=2), nn.ConvTranspose2d(2, 4, 3),
        nn.BatchNorm1d(3), nn.BatchNorm2d(3, affine=False), nn.BatchNorm2d(3, track_running_stats=False), nn.LayerNorm((3, 4)), nn.GroupNorm(2, 4), nn.InstanceNorm2d(3), nn.InstanceNorm2d(3, affine=True),
        nn.Embedding(5, 3), nn.PReLU(), nn.PReLU(4), nn.Dropout(), nn.RNN(3, 4), nn.LSTM(3, 4, num_layers=2, bidirectional=True), nn.GRU(3, 4), nn.LSTMCell(3, 4), nn.GRUCell(3, 4),
        nn.MultiheadAttention(8, 2), nn.TransformerEncoderLayer(8, 2, 16), nn.Bilinear(2, 3, 4),
        nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.BatchNorm2d(2), nn.Flatten(), nn.Linear(8, 2)), nn.ModuleList([nn.Linear(2, 2), nn.Sequential(nn.Linear(2, 2))]), nn.ModuleDict({"left": nn.Linear(2, 1), "right": nn.Linear(2, 1)}),
    ]


def describe(module):
    """Parameters and buffers in order, as state_dict lists them; `parameters` as named_parameters does."""
    return dict(module=repr(module), state=[[k, name_of(v.dtype), list(v.shape)] for k, v in module.state_dict().items()], parameters=[k for k, _ in module.named_parameters()])
