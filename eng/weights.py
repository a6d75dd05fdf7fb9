#!/usr/bin/env python3
"""Writes the table of published weights and the names of their classes, src/Candeia.Vision/Weights, from what torchvision says of them; DETR's are its authors'.

    python3 eng/weights.py
"""
import pathlib

from torchvision import models
from torchvision.models import detection, segmentation
from torchvision.models._meta import _COCO_CATEGORIES, _IMAGENET_CATEGORIES, _VOC_CATEGORIES
from torchvision.transforms import InterpolationMode

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "src/Candeia.Vision/Weights"
# Weights whose network takes pictures of another size, has no classes, or is not there yet.
LEFT_OUT = ("SWAG_E2E", "IMAGENET1K_FEATURES", "raft", "quant")
# With these weights torchvision's networks make of ImageNet's colours what one half and one half make of the picture, which is said here at once.
HALVES = ("googlenet", "inception_v3")

# Checkpoints of https://github.com/facebookresearch/detr, whose classes have the numbers of COCO, as torchvision's.
DETR = {"detr_resnet101": "r101-2c7b67e5", "detr_resnet101_dc5": "r101-dc5-a2e86def", "detr_resnet50": "r50-e632da11", "detr_resnet50_dc5": "r50-dc5-f0fb7ef5"}


def rows():
    for kind, module in (("classification", models), ("segmentation", segmentation), ("detection", detection)):
        for model in models.list_models(module=module):
            enum = models.get_model_weights(model)
            if any(word in model for word in LEFT_OUT): continue
            kept = [w for w in enum if not any(word in w.name for word in LEFT_OUT)]
            for weights in kept:
                crop, resize, interpolation = "", "", ""
                if kind != "detection":
                    t = weights.transforms()
                    resize = str(t.resize_size[0] if isinstance(t.resize_size, (list, tuple)) else t.resize_size)
                    if kind == "classification": crop = str(t.crop_size[0])
                    interpolation = {InterpolationMode.BILINEAR: "Linear", InterpolationMode.BICUBIC: "Cubic"}[t.interpolation]
                    mean, std = (" ".join(f"{v:g}" for v in values) for values in (([0.5] * 3,) * 2 if model in HALVES else (t.mean, t.std)))
                else: mean = std = ""
                categories = weights.meta.get("categories")
                named = {tuple(_IMAGENET_CATEGORIES): "imagenet", tuple(_COCO_CATEGORIES): "coco", tuple(_VOC_CATEGORIES): "voc"}.get(tuple(categories), "person")
                best = "best" if weights is (enum.DEFAULT if enum.DEFAULT in kept else kept[-1]) else ""
                yield [kind, model, weights.name, weights.url, resize, crop, interpolation, mean, std, named, best]
    for model, file in DETR.items(): yield ["detection", model, "COCO", f"https://dl.fbaipublicfiles.com/detr/detr-{file}.pth", *[""] * 5, "coco", "best"]


def generate():
    FOLDER.mkdir(exist_ok=True)
    head = "kind model weights address resize crop interpolation mean std categories best".split()
    (FOLDER / "weights.tsv").write_text("\n".join("\t".join(r) for r in [head, *rows()]) + "\n")
    for name, names in {"imagenet": _IMAGENET_CATEGORIES, "coco": _COCO_CATEGORIES, "voc": _VOC_CATEGORIES}.items():
        (FOLDER / f"{name}.txt").write_text("\n".join(names) + "\n")


if __name__ == "__main__": generate()
