"""torchvision's networks for masks: keys and shapes of their state dicts, and what they compute with weights that a formula makes."""
import torch
from torch import nn
from torchvision.models import segmentation

from families.models import CLASSES, fill, keys, noise
from record import save_json

# The name, whether there is a helper, and the size of the pictures of what is computed.
MODELS = [("fcn_resnet50", True, 32), ("fcn_resnet101", False, None), ("deeplabv3_resnet50", True, 32), ("deeplabv3_resnet101", False, None),
          ("deeplabv3_mobilenet_v3_large", True, 48), ("lraspp_mobilenet_v3_large", False, 48)]


class Twice(nn.Sequential):
    def __init__(self, a, b):
        super().__init__(nn.Conv2d(a, b, 3, padding=1, bias=False), nn.BatchNorm2d(b), nn.ReLU(), nn.Conv2d(b, b, 3, padding=1, bias=False), nn.BatchNorm2d(b), nn.ReLU())


class UNet(nn.Module):
    """As the paper draws it, but with batch normalization and with borders."""

    def __init__(self, classes, width, depth):
        super().__init__()
        self.down = nn.ModuleList(Twice(3 if i == 0 else width * 2 ** (i - 1), width * 2 ** i) for i in range(depth + 1))
        self.grow = nn.ModuleList(nn.ConvTranspose2d(width * 2 ** i, width * 2 ** (i - 1), 2, 2) for i in range(depth, 0, -1))
        self.up = nn.ModuleList(Twice(width * 2 ** i, width * 2 ** (i - 1)) for i in range(depth, 0, -1))
        self.head = nn.Conv2d(width, classes, 1)

    def forward(self, x):
        seen = [self.down[0](x)]
        for block in self.down[1:]: seen.append(block(nn.functional.max_pool2d(seen[-1], 2)))
        y = seen.pop()
        for grow, up in zip(self.grow, self.up): y = up(torch.cat([seen.pop(), grow(y)], 1))
        return self.head(y)


def computed(model, size):
    fill(model.eval(), 1)
    y = model((noise(2 * 3 * size * size, 0) * 2 - 1).float().reshape(2, 3, size, size))
    outputs = list(y.values()) if isinstance(y, dict) else [y]
    weights = torch.cos(torch.arange(outputs[0].numel(), dtype=torch.float64)).float().reshape(outputs[0].shape)
    sum((o * weights).sum() for o in outputs).backward()
    shown = [[float(f"{v:.6g}") for v in o.detach()[:, :, ::16, ::13].flatten()] for o in outputs]
    return {"size": size, "outputs": shown, "all": sum(float(p.grad.double().norm()) for p in model.parameters())}


def generate():
    record = {}
    for name, helped, size in MODELS:
        make = lambda classes: getattr(segmentation, name)(weights_backbone=None, num_classes=classes, **({"aux_loss": helped} if not name.startswith("lraspp") else {}))
        model = make(21)
        record[name] = {"parameters": sum(p.numel() for p in model.parameters()), "keys": keys(model), "auxiliary": helped}
        if size: record[name] |= computed(make(CLASSES), size)
    net = UNet(CLASSES, 8, 3)
    record["unet"] = {"parameters": sum(p.numel() for p in net.parameters()), "keys": keys(net), "auxiliary": False} | computed(net, 40)
    save_json("segmentation", record)
