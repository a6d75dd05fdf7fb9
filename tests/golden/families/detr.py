"""DETR, written anew from its paper with torch's layers: keys and shapes, losses, gradients and findings with weights that a formula makes. Pairs are found by trying all of them."""
import itertools
import math

import torch
from torch import nn
from torchvision import models, ops
from torchvision.models.detection.transform import GeneralizedRCNNTransform
from torchvision.ops.misc import FrozenBatchNorm2d

from families.detection import scenes
from families.models import CLASSES, fill, gradients, keys
from record import save_json


class Looking(nn.Module):
    """A layer of the encoder, or with questions one of the decoder."""

    def __init__(self, model, heads, wide, asks):
        super().__init__()
        self.asks = asks
        self.self_attn = nn.MultiheadAttention(model, heads, batch_first=True)
        if asks: self.multihead_attn = nn.MultiheadAttention(model, heads, batch_first=True)
        self.linear1, self.linear2 = nn.Linear(model, wide), nn.Linear(wide, model)
        self.norm1, self.norm2 = nn.LayerNorm(model), nn.LayerNorm(model)
        if asks: self.norm3 = nn.LayerNorm(model)

    def forward(self, x, where, memory=None, places=None, outside=None):
        q = x + where
        x = self.norm1(x + self.self_attn(q, q, x, key_padding_mask=None if self.asks else outside)[0])
        feed, last = lambda y: self.linear2(torch.relu(self.linear1(y))), self.norm3 if self.asks else self.norm2
        if self.asks: x = self.norm2(x + self.multihead_attn(x + where, memory + places, memory, key_padding_mask=outside)[0])
        return last(x + feed(x))


def named(**parts):
    module = nn.Module()
    for name, part in parts.items(): module.add_module(name, part)
    return module


class Detr(nn.Module):
    def __init__(self, body, channels, classes, queries, model, heads, encoders, decoders, wide):
        super().__init__()
        self.backbone = nn.ModuleList([named(body=body)])
        self.input_proj = nn.Conv2d(channels, model, 1)
        self.query_embed = nn.Embedding(queries, model)
        layers = lambda count, asks: nn.ModuleList(Looking(model, heads, wide, asks) for _ in range(count))
        self.transformer = named(encoder=named(layers=layers(encoders, False)), decoder=named(layers=layers(decoders, True), norm=nn.LayerNorm(model)))
        self.class_embed = nn.Linear(model, classes + 1)
        self.bbox_embed = named(layers=nn.ModuleList([nn.Linear(model, model), nn.Linear(model, model), nn.Linear(model, 4)]))

    def forward(self, images, sizes):
        y = images
        for name, part in self.backbone[0].body.named_children():
            if name not in ("avgpool", "fc"): y = part(y)
        y = self.input_proj(y)
        n, c, h, w = y.shape
        padded = torch.ones(n, *images.shape[2:], dtype=torch.bool)
        for i, (rows, columns) in enumerate(sizes): padded[i, :rows, :columns] = False
        outside = nn.functional.interpolate(padded[:, None].float(), size=(h, w))[:, 0].bool()
        lengths = 10000 ** (2 * torch.div(torch.arange(c // 2), 2, rounding_mode="floor") / (c // 2))
        waves = []
        for dim in (1, 2):
            at = (~outside).float().cumsum(dim)
            at = at / (at.narrow(dim, at.shape[dim] - 1, 1) + 1e-6) * 2 * math.pi
            at = at[..., None] / lengths
            waves.append(torch.stack([at[..., 0::2].sin(), at[..., 1::2].cos()], 4).flatten(3))
        places = torch.cat(waves, 3).flatten(1, 2)
        outside = outside.flatten(1)
        seen = y.flatten(2).transpose(1, 2)
        for layer in self.transformer.encoder.layers: seen = layer(seen, places, outside=outside)
        questions, x, answers = self.query_embed.weight.expand(n, -1, -1), torch.zeros(n, *self.query_embed.weight.shape), []
        for layer in self.transformer.decoder.layers:
            x = layer(x, questions, seen, places, outside)
            said = self.transformer.decoder.norm(x)
            box = said
            for i, linear in enumerate(self.bbox_embed.layers): box = linear(box if i == 0 else torch.relu(box))
            answers.append((self.class_embed(said), box.sigmoid()))
        return answers


def corners(b): return ops.box_convert(b, "cxcywh", "xyxy")


def losses(logits, boxes, targets, nothing=0.1):
    labels = torch.full(logits.shape[:2], logits.shape[2] - 1)
    count, apart, overlap = sum(len(t["labels"]) for t in targets), 0, 0
    for i, t in enumerate(targets):
        with torch.no_grad():
            cost = 5 * torch.cdist(boxes[i], t["boxes"], p=1) - logits[i].softmax(1)[:, t["labels"]] - 2 * ops.generalized_box_iou(corners(boxes[i]), corners(t["boxes"]))
        things = range(len(t["labels"]))
        best = min(itertools.permutations(range(len(boxes[i])), len(t["labels"])), key=lambda p: float(sum(cost[q, k] for q, k in zip(p, things))))
        labels[i, list(best)] = t["labels"]
        found = boxes[i, list(best)]
        apart = apart + (found - t["boxes"]).abs().sum() / count
        overlap = overlap + (1 - ops.generalized_box_iou(corners(found), corners(t["boxes"])).diag()).sum() / count
    weight = torch.ones(logits.shape[2])
    weight[-1] = nothing
    return {"loss_ce": nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten(), weight), "loss_bbox": 5 * apart, "loss_giou": 2 * overlap}


def computed(gain):
    model = Detr(models.resnet18(norm_layer=FrozenBatchNorm2d), 512, CLASSES, 7, 32, 4, 2, 3, 48)
    del model.backbone[0].body.fc
    fill(model.eval(), gain)
    form = GeneralizedRCNNTransform(64, 96, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225], size_divisible=1)
    pictures, targets = scenes()
    before = [p.shape[1:] for p in pictures]
    images, marked = form(pictures, [{k: t[k] for k in ("boxes", "labels")} for t in targets])
    sides = [torch.tensor([w, h, w, h], dtype=torch.float32) for h, w in images.image_sizes]
    wanted = [{"labels": t["labels"], "boxes": ops.box_convert(t["boxes"], "xyxy", "cxcywh") / s} for t, s in zip(marked, sides)]
    answers = model(images.tensors, images.image_sizes)
    result = {}
    for i, (logits, boxes) in enumerate(answers):
        for name, loss in losses(logits, boxes, wanted).items(): result[name + (f"_{i}" if i < len(answers) - 1 else "")] = loss
    sum(result.values()).backward()
    show = lambda t: [float(f"{v:.7g}") for v in t.detach().flatten()]
    found = []
    for logits, boxes, (h, w) in zip(*answers[-1], before):
        scores, labels = logits.softmax(1)[:, 1:-1].max(1)
        order = scores.argsort(descending=True)
        found.append({"boxes": show((corners(boxes) * torch.tensor([w, h, w, h]))[order]), "labels": (labels + 1)[order].tolist(), "scores": show(scores[order])})
    return {"parameters": sum(p.numel() for p in model.parameters()), "keys": keys(model), "gain": gain, "losses": {k: float(v) for k, v in result.items()},
            "gradients": gradients(model), "found": found}


def generate():
    record = {}
    for name, body in {"detr_resnet50": models.resnet50, "detr_resnet101": models.resnet101}.items():
        model = Detr(body(norm_layer=FrozenBatchNorm2d), 2048, 91, 100, 256, 8, 6, 6, 2048)
        del model.backbone[0].body.fc
        record[name] = {"parameters": sum(p.numel() for p in model.parameters()), "keys": keys(model)}
    save_json("detr", record | {"small": computed(0.5)})
