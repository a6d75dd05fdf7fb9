"""Networks for pictures whose convolutions of one group and linear layers round their inputs and weights to eight bits, as torch's observers and quantizers do it."""
import torch
from torch import nn
from torch.ao.quantization import MinMaxObserver, PerChannelMinMaxObserver
from torchvision import models

from families.models import CLASSES, fill, noise
from record import save_json

SIZE = 64


class Whole(nn.Module):
    def __init__(self, layer):
        super().__init__()
        self.layer, self.inputs = layer, MinMaxObserver(dtype=torch.quint8)
        observer = PerChannelMinMaxObserver(ch_axis=0, dtype=torch.qint8, qscheme=torch.per_channel_symmetric)
        observer(layer.weight.detach())
        self.scales, self.zeros = observer.calculate_qparams()
        self.seen = False

    def forward(self, x):
        if not self.seen:
            self.inputs(x)
            return self.layer(x)
        scale, zero = self.inputs.calculate_qparams()
        x = torch.fake_quantize_per_tensor_affine(x, scale.float(), zero.int(), 0, 255)
        weight = torch.fake_quantize_per_channel_affine(self.layer.weight.detach(), self.scales.float(), self.zeros.int(), 0, -128, 127)
        return nn.functional.linear(x, weight, self.layer.bias) if isinstance(self.layer, nn.Linear) else nn.functional.conv2d(x, weight, self.layer.bias, self.layer.stride, self.layer.padding)


def wrap(module):
    count = 0
    for name, child in module.named_children():
        if isinstance(child, nn.Linear) or isinstance(child, nn.Conv2d) and child.groups == 1 and child.dilation == (1, 1):
            setattr(module, name, Whole(child))
            count += 1
        else: count += wrap(child)
    return count


def computed(name):
    model = getattr(models, name)(num_classes=CLASSES).eval()
    fill(model, 1)
    x = (noise(2 * 3 * SIZE * SIZE, 0) * 2 - 1).float().reshape(2, 3, SIZE, SIZE)
    with torch.no_grad():
        plain, count, before = model(x), wrap(model), model(x)
        assert torch.equal(plain, before)
        for m in model.modules():
            if isinstance(m, Whole): m.seen = True
        return {"layers": count, "floats": plain.flatten().tolist(), "whole": model(x).flatten().tolist()}


# ResNet-18 is not among them: with these weights torch's own result moves by 0.63 when the picture is multiplied by 1 + 1e-7, more than eight bits cost (0.44).
def generate():
    save_json("quantized_models", {name: computed(name) for name in ("mobilenet_v2", "mobilenet_v3_large", "mobilenet_v3_small")})
