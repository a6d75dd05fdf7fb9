"""torchvision's networks for masks: keys and shapes of their state dicts, and what they compute with weights that a formula makes."""
import torch
from torch import nn
from torchvision.models import convnext, segmentation, swin_transformer

from families.models import CLASSES, fill, gradients, keys, noise
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


def conv_norm(a, b, kernel): return [nn.Conv2d(a, b, kernel, padding=kernel // 2, bias=False), nn.BatchNorm2d(b), nn.ReLU()]


def sized(x, like): return nn.functional.interpolate(x, size=like.shape[2:], mode="bilinear", align_corners=False)


class UperHead(nn.Module):
    def __init__(self, inputs, channels, classes, scales=(1, 2, 3, 6)):
        super().__init__()
        self.psp_modules = nn.Module()
        self.psp_modules.stages = nn.ModuleList(nn.Sequential(nn.AdaptiveAvgPool2d(s), *conv_norm(inputs[-1], channels, 1)) for s in scales)
        self.bottleneck = nn.Sequential(*conv_norm(inputs[-1] + len(scales) * channels, channels, 3))
        self.lateral_convs = nn.ModuleList(nn.Sequential(*conv_norm(i, channels, 1)) for i in inputs[:-1])
        self.fpn_convs = nn.ModuleList(nn.Sequential(*conv_norm(channels, channels, 3)) for _ in inputs[:-1])
        self.fpn_bottleneck = nn.Sequential(*conv_norm(len(inputs) * channels, channels, 3))
        self.cls_seg = nn.Conv2d(channels, classes, 1)

    def forward(self, stages):
        last = stages[-1]
        maps = [conv(s) for conv, s in zip(self.lateral_convs, stages)]
        maps.append(self.bottleneck(torch.cat([last] + [sized(p(last), last) for p in self.psp_modules.stages], 1)))
        for i in range(len(maps) - 2, -1, -1): maps[i] = maps[i] + sized(maps[i + 1], maps[i])
        maps = [conv(m) for conv, m in zip(self.fpn_convs, maps)] + maps[-1:]
        return self.cls_seg(self.fpn_bottleneck(torch.cat([sized(m, maps[0]) for m in maps], 1)))


class UperNet(nn.Module):
    """As the paper draws it, on the stages of a network whose every second layer ends one."""

    def __init__(self, backbone, inputs, classes, channels, helped, last=False):
        super().__init__()
        self.backbone, self.last = backbone, last
        self.decode_head = UperHead(inputs, channels, classes)
        if helped: self.aux_classifier = nn.Sequential(*conv_norm(inputs[2], 256, 3), nn.Dropout(0.1), nn.Conv2d(256, classes, 1))

    def forward(self, x):
        y, stages = x, []
        for i, layer in enumerate(self.backbone):
            y = layer(y)
            if i % 2 == 1: stages.append(y.permute(0, 3, 1, 2) if self.last else y)
        outputs = {"out": sized(self.decode_head(stages), x)}
        if hasattr(self, "aux_classifier"): outputs["aux"] = sized(self.aux_classifier(stages[2]), x)
        return outputs


def small_convnext():
    block = convnext.CNBlockConfig
    return convnext.ConvNeXt([block(8, 16, 1), block(16, 32, 1), block(32, 64, 1), block(64, None, 1)]).features


def small_swin():
    return swin_transformer.SwinTransformer([4, 4], 8, [1, 1, 1, 1], [1, 2, 2, 4], [7, 7]).features


def computed(model, size):
    fill(model.eval(), 1)
    y = model.double()((noise(2 * 3 * size * size, 0) * 2 - 1).float().double().reshape(2, 3, size, size))
    outputs = list(y.values()) if isinstance(y, dict) else [y]
    weights = torch.cos(torch.arange(outputs[0].numel(), dtype=torch.float64)).float().reshape(outputs[0].shape)
    sum((o * weights).sum() for o in outputs).backward()
    shown = [[float(f"{v:.6g}") for v in o.detach()[:, :, ::16, ::13].flatten()] for o in outputs]
    return {"size": size, "outputs": shown, "gradients": gradients(model)}


def generate():
    record = {}
    for name, helped, size in MODELS:
        make = lambda classes: getattr(segmentation, name)(weights_backbone=None, num_classes=classes, **({"aux_loss": helped} if not name.startswith("lraspp") else {}))
        model = make(21)
        record[name] = {"parameters": sum(p.numel() for p in model.parameters()), "keys": keys(model), "auxiliary": helped}
        if size: record[name] |= computed(make(CLASSES), size)
    net = UNet(CLASSES, 8, 3)
    record["unet"] = {"parameters": sum(p.numel() for p in net.parameters()), "keys": keys(net), "auxiliary": False} | computed(net, 40)
    for name, make, width in (("tiny", convnext.convnext_tiny, 96), ("small", convnext.convnext_small, 96), ("base", convnext.convnext_base, 128)):
        net = UperNet(make().features, [width << i for i in range(4)], 21, 512, True)
        record[f"convnext_{name}_upernet"] = {"parameters": sum(p.numel() for p in net.parameters()), "keys": keys(net), "auxiliary": True}
    for name, net in {"upernet_convnext": UperNet(small_convnext(), [8, 16, 32, 64], CLASSES, 16, True), "upernet_swin": UperNet(small_swin(), [8, 16, 32, 64], CLASSES, 16, False, last=True)}.items():
        record[name] = {"parameters": sum(p.numel() for p in net.parameters()), "keys": keys(net), "auxiliary": name == "upernet_convnext"} | computed(net, 64)
    save_json("segmentation", record)
