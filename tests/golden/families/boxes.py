"""Boxes of detection: overlaps, and which remain."""
import torch
from torchvision import ops

from record import Family, values


def boxes(count, key):
    corner = values(count, 2, low=0, high=60, key=key, dtype=torch.float32)
    size = values(count, 2, low=2, high=30, key=key + "s", dtype=torch.float32)
    return torch.cat([corner, corner + size], 1)


def generate():
    family = Family("boxes")
    a, b = boxes(9, "a"), boxes(7, "b")
    for name, compute in {"iou": ops.box_iou, "giou": ops.generalized_box_iou, "diou": ops.distance_box_iou, "ciou": ops.complete_box_iou}.items():
        family.add(f"{name}/", {}, {"input0": a, "input1": b, "output0": compute(a, b)})
    for name, compute in {"giou_loss": ops.generalized_box_iou_loss, "diou_loss": ops.distance_box_iou_loss, "ciou_loss": ops.complete_box_iou_loss}.items():
        found, truth = a[:7].clone().requires_grad_(), b.clone().requires_grad_()
        losses = compute(found, truth)
        losses.sum().backward()
        family.add(f"{name}/", {}, {"input0": a[:7], "input1": b, "output0": losses.detach(), "grad0": found.grad, "grad1": truth.grad})
    family.add("area/", {}, {"input0": a, "output0": ops.box_area(a)})
    many, scores, classes = boxes(60, "many"), values(60, low=0, high=1, key="scores", dtype=torch.float32), torch.arange(60) % 3
    scores += torch.arange(60) / 1e4                                           # no two are equal
    for threshold in (0.1, 0.3, 0.6):
        family.add(f"nms/{threshold}", {"threshold": threshold}, {"input0": many, "input1": scores, "output0": ops.nms(many, scores, threshold)})
        family.add(f"batched_nms/{threshold}", {"threshold": threshold},
                   {"input0": many, "input1": scores, "input2": classes, "output0": ops.batched_nms(many, scores, classes, threshold)})
    masks = torch.zeros(2, 6, 8)
    masks[0, 2:4, 1:7] = 1
    masks[1, 5, 0] = 1
    family.add("masks_to_boxes/", {}, {"input0": masks, "output0": ops.masks_to_boxes(masks)})
    family.write()
