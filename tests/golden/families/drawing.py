"""Masks and movement shown on pictures."""
import torch
from torchvision import utils

from record import Family, integers, values


def generate():
    family = Family("drawing")
    picture = integers(3, 6, 7, low=0, high=256, key="picture").to(torch.uint8)
    masks = torch.zeros(3, 6, 7, dtype=torch.bool)
    masks[0, 1:4, 1:5] = True
    masks[1, 2:6, 3:7] = True
    masks[2, 0, 0] = True
    for alpha in (0.8, 0.3, 1.0):
        family.case("draw_segmentation_masks", lambda x, m, alpha: utils.draw_segmentation_masks(x, m, alpha, [(255, 0, 0), (0, 255, 0), (10, 20, 200)]), picture, masks, grad=False, alpha=alpha)
    family.case("flow_to_image", utils.flow_to_image, values(2, 9, 11, key="flow", dtype=torch.float32), grad=False)
    family.write()
