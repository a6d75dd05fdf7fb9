"""Parts of pictures as tensors of one size, anchors, and what boxes must be moved by."""
import torch
from torchvision import ops
from torchvision.models.detection._utils import BoxCoder, Matcher
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.image_list import ImageList

from families.boxes import boxes
from record import Family, values


def generate():
    family = Family("regions")
    x = values(2, 3, 9, 11, key="x", dtype=torch.float32)
    # Inside, over each border, a point, less than a pixel, and far outside.
    regions = torch.tensor([[0, 2.25, 4.5, 15.5, 12], [1, -3, -2, 6, 5], [0, 14, 10, 25, 21], [1, 8, 8, 8, 8], [0, 3.1, 3.2, 3.6, 3.9], [1, 0, 0, 21.5, 17.75], [0, 40, 40, 50, 50]])
    for aligned in (False, True):
        for ratio in (2, -1):
            family.case("roi_align", lambda x, r, scale, ratio, aligned: ops.roi_align(x, r, (3, 4), scale, ratio, aligned), x, regions, constant=("input1",), scale=0.5, ratio=ratio, aligned=aligned)
    rounded = torch.tensor([[0, 2, 4, 15, 12], [1, -3, -2, 6, 5], [0, 14, 10, 25, 21], [1, 8, 8, 8, 8], [1, 0, 0, 21, 17]], dtype=torch.float32)
    family.case("roi_pool", lambda x, r, scale: ops.roi_pool(x, r, (3, 4), scale), x + torch.arange(x.numel()).reshape(x.shape) / 4096, rounded, constant=("input1",), scale=0.5)
    generator = AnchorGenerator(((10, 20), (40, 45)), ((0.5, 1.0, 2.0),) * 2)
    maps = [torch.zeros(1, 2, 4, 5), torch.zeros(1, 2, 2, 3)]
    family.add("anchors/", {}, {"output0": generator(ImageList(torch.zeros(1, 3, 33, 47), [(33, 47)]), maps)[0]})
    a, b = boxes(9, "a"), boxes(9, "c")
    for weights in ((1.0, 1.0, 1.0, 1.0), (10.0, 10.0, 5.0, 5.0)):
        coder = BoxCoder(weights)
        codes = coder.encode_single(a, b)
        family.add(f"codes/{weights[0]}", {"place": weights[0], "size": weights[2]}, {"input0": a, "input1": b, "output0": codes, "output1": coder.decode_single(codes * 1.5, b)})
    seen = values(2, 4, 6, 7, key="bent", dtype=torch.float32)
    for groups, bent, stride, padding, dilation, masked in ((1, 1, 1, 1, 1, False), (2, 2, 2, 1, 1, True), (1, 4, 1, 2, 2, True)):
        rows, columns = [(n + 2 * padding - dilation * 2 - 1) // stride + 1 for n in (6, 7)]
        # Not on whole numbers, where the derivative jumps.
        offset = values(2, 18 * bent, rows, columns, low=-2, high=2, key="offset", dtype=torch.float32) + 1 / 1024
        weight, bias = values(6, 4 // groups, 3, 3, key="weight", dtype=torch.float32), values(6, key="bias", dtype=torch.float32)
        mask = (values(2, 9 * bent, rows, columns, low=0, high=1, key="mask", dtype=torch.float32),) if masked else ()
        family.case("deform_conv2d", lambda x, o, w, b, *m, stride, padding, dilation: ops.deform_conv2d(x, o, w, b, stride, padding, dilation, *m), seen, offset, weight, bias, *mask,
                    stride=stride, padding=padding, dilation=dilation)
    many = boxes(60, "many")
    for low, best in ((0.4, True), (0.5, False)):
        found = Matcher(0.5, low, allow_low_quality_matches=best)(ops.box_iou(a, many))
        family.add(f"matches/{low}", {"low": low, "best": best}, {"input0": a, "input1": many, "output0": found})
    family.write()
