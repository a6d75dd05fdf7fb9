"""Convolution, pooling, resizing."""
import torch
import torch.nn.functional as F

from record import Family, distinct, values

CONV2D = [((1, 1, 3, 3), (1, 1, 1, 1), {}), ((2, 3, 5, 6), (4, 3, 3, 3), {}), ((2, 3, 5, 6), (4, 3, 3, 2), {}), ((2, 3, 7, 8), (4, 3, 3, 3), dict(stride=2)),
          ((2, 3, 7, 8), (4, 3, 3, 3), dict(stride=(2, 1), padding=(1, 0))), ((1, 3, 5, 6), (2, 3, 3, 3), dict(padding=1)), ((1, 2, 7, 8), (3, 2, 3, 3), dict(dilation=2)),
          ((1, 2, 9, 9), (3, 2, 3, 3), dict(stride=2, padding=2, dilation=(1, 2))), ((2, 4, 5, 5), (6, 2, 3, 3), dict(groups=2)), ((2, 4, 5, 5), (4, 1, 3, 3), dict(groups=4, padding=1)),
          ((1, 2, 5, 6), (3, 2, 3, 3), dict(padding="same")), ((1, 2, 5, 6), (3, 2, 4, 2), dict(padding="same")), ((1, 2, 5, 6), (3, 2, 3, 3), dict(padding="valid")),
          ((2, 5, 4, 4), (7, 5, 1, 1), {}), ((1, 1, 6, 6), (2, 1, 5, 5), dict(stride=3, padding=2)), ((3, 4, 4), (2, 3, 2, 2), {}), ((0, 3, 5, 5), (2, 3, 3, 3), {}),
          ((1, 3, 9, 33), (17, 3, 3, 3), {})]
CONV1D = [((2, 3, 8), (4, 3, 3), {}), ((2, 3, 9), (4, 3, 3), dict(stride=2, padding=1)), ((1, 2, 9), (2, 2, 3), dict(dilation=3)), ((2, 4, 6), (4, 2, 2), dict(groups=2)), ((2, 3, 8), (4, 3, 1), {})]
TRANSPOSE2D = [((2, 3, 4, 5), (3, 2, 3, 3), {}), ((1, 3, 4, 5), (3, 2, 2, 2), dict(stride=2)), ((1, 2, 3, 3), (2, 2, 3, 3), dict(stride=2, padding=1, output_padding=1)),
               ((1, 4, 3, 3), (4, 2, 3, 2), dict(groups=2, padding=(1, 0))), ((1, 2, 3, 4), (2, 3, 3, 3), dict(dilation=2, stride=(1, 2)))]
AVG = [dict(kernel_size=2), dict(kernel_size=3, stride=1), dict(kernel_size=(2, 3), stride=(2, 1)), dict(kernel_size=3, stride=2, padding=1), dict(kernel_size=3, stride=2, padding=1, count_include_pad=False),
       dict(kernel_size=2, ceil_mode=True), dict(kernel_size=3, stride=2, padding=1, ceil_mode=True, count_include_pad=False), dict(kernel_size=2, divisor_override=3)]
MAX = [dict(kernel_size=2), dict(kernel_size=3, stride=1), dict(kernel_size=(2, 3), stride=(2, 1)), dict(kernel_size=3, stride=2, padding=1), dict(kernel_size=2, dilation=2, stride=1),
       dict(kernel_size=2, ceil_mode=True), dict(kernel_size=3, stride=2, padding=(1, 0), ceil_mode=True)]


def generate():
    family = Family("convolution")
    for op, compute, table, bias_dim in (("conv2d", F.conv2d, CONV2D, 0), ("conv1d", F.conv1d, CONV1D, 0), ("conv_transpose2d", F.conv_transpose2d, TRANSPOSE2D, 1)):
        for i, (x, w, arguments) in enumerate(table):
            channels = w[bias_dim] * (arguments.get("groups", 1) if bias_dim else 1)
            family.case(op, compute, values(*x, key="x"), values(*w, low=-1, high=1, key="w"), bias=values(channels, key="b"), **arguments)
            if i < 3: family.case(op, compute, values(*x, key="x"), values(*w, low=-1, high=1, key="w"), **arguments)
    family.case("conv_transpose1d", F.conv_transpose1d, values(2, 3, 5, key="x"), values(3, 2, 3, key="w"), bias=values(2, key="b"), stride=2, padding=1, output_padding=1)
    family.case("conv3d", F.conv3d, values(1, 2, 3, 4, 4, key="x"), values(2, 2, 2, 3, 3, key="w"), bias=values(2, key="b"), padding=1)
    family.case("conv3d", F.conv3d, values(2, 4, 7, 5, 6, key="x"), values(2, 2, 3, 2, 3, key="w"), stride=(2, 1, 2), padding=(2, 0, 1), dilation=(2, 1, 1), groups=2)
    family.case("avg_pool3d", F.avg_pool3d, values(2, 2, 5, 4, 6, key="pool"), kernel_size=(3, 2, 3), stride=(2, 2, 1), padding=(1, 0, 1))
    family.case("max_pool3d", F.max_pool3d, distinct(2, 2, 5, 4, 6, key="pool"), kernel_size=(3, 2, 2), stride=(1, 2, 1), padding=(1, 1, 0))
    family.case("max_pool3d", F.max_pool3d, distinct(1, 2, 6, 6, 6, key="pool"), kernel_size=2, dilation=(1, 2, 1))

    for arguments in AVG: family.case("avg_pool2d", F.avg_pool2d, values(2, 2, 7, 8, key="pool"), **arguments)
    family.case("avg_pool2d", F.avg_pool2d, values(2, 4, 4, key="pool"), kernel_size=2)
    for arguments in MAX: family.case("max_pool2d", lambda x, **a: F.max_pool2d(x, return_indices=True, **a), distinct(2, 2, 7, 8, key="pool"), **arguments)
    family.case("max_pool2d", lambda x, **a: F.max_pool2d(x, return_indices=True, **a), torch.tensor([[[[1.0, 1, 2, -1], [1, 0, 2, 2], [float("nan"), 1, -float("inf"), -float("inf")], [0, 1, -float("inf"), -float("inf")]]]], dtype=torch.float64), label="special", grad=False, kernel_size=2)
    family.case("avg_pool1d", F.avg_pool1d, values(2, 2, 7, key="pool"), kernel_size=3, stride=2, padding=1)
    family.case("max_pool1d", lambda x, **a: F.max_pool1d(x, return_indices=True, **a), distinct(2, 2, 7, key="pool"), kernel_size=3, stride=2, padding=1)
    for size in (1, 3, (2, 5), (None, 1), (9, 10)):
        family.case("adaptive_avg_pool2d", F.adaptive_avg_pool2d, values(2, 2, 7, 8, key="pool"), output_size=size)
        family.case("adaptive_max_pool2d", lambda x, output_size: F.adaptive_max_pool2d(x, output_size, return_indices=True), distinct(2, 2, 7, 8, key="pool"), output_size=size)
    family.case("adaptive_avg_pool1d", F.adaptive_avg_pool1d, values(2, 2, 7, key="pool"), output_size=3)

    x = values(1, 2, 3, 4, key="resize")
    family.case("interpolate", F.interpolate, x, scale_factor=2.0, mode="nearest")
    for size in ((5, 7), (2, 3), (6, 8)):
        family.case("interpolate", F.interpolate, x, size=size, mode="nearest")
        for align in (False, True):
            family.case("interpolate", F.interpolate, x, size=size, mode="bilinear", align_corners=align)
            family.case("interpolate", F.interpolate, x, size=size, mode="bicubic", align_corners=align)
        family.case("interpolate", F.interpolate, x, size=size, mode="bilinear", align_corners=False, antialias=True)
    family.case("unfold2d", F.unfold, values(1, 2, 4, 5, key="unfold"), kernel_size=(2, 3), padding=1, stride=2)
    family.case("fold2d", F.fold, values(1, 8, 6, key="fold"), output_size=(3, 4), kernel_size=2)
    family.write()
