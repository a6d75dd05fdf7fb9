"""Pooling of all kinds, borders, resizing, sampling, transposed convolutions of volumes."""
import torch
import torch.nn.functional as F

from record import Family, distinct, values

INDICES = dict(max_pool1d=F.max_pool1d, max_pool2d=F.max_pool2d, max_pool3d=F.max_pool3d, adaptive_max_pool1d=F.adaptive_max_pool1d, adaptive_max_pool2d=F.adaptive_max_pool2d, adaptive_max_pool3d=F.adaptive_max_pool3d)
POOL1D = [dict(kernel_size=2), dict(kernel_size=3, stride=2, padding=1), dict(kernel_size=3, stride=2, ceil_mode=True)]
POOL3D = [dict(kernel_size=2), dict(kernel_size=(3, 2, 2), stride=(2, 1, 2), padding=(1, 0, 1)), dict(kernel_size=2, stride=2, ceil_mode=True), dict(kernel_size=3, stride=2, padding=1, ceil_mode=True)]
SHAPES = {1: (2, 3, 7), 2: (2, 3, 7, 6), 3: (1, 2, 5, 4, 6)}


def indices(op):
    return lambda x, **arguments: INDICES[op](x, return_indices=True, **arguments)


def pools(family):
    for arguments in POOL1D + [dict(kernel_size=2, dilation=2, stride=1)]: family.case("max_pool1d", indices("max_pool1d"), distinct(*SHAPES[1], key="pool"), **arguments)
    for arguments in [dict(kernel_size=3, stride=2, padding=1), dict(kernel_size=(2, 3), dilation=(2, 1), stride=1), dict(kernel_size=3, stride=2, ceil_mode=True)]:
        family.case("max_pool2d", indices("max_pool2d"), distinct(*SHAPES[2], key="pool"), **arguments)
    for arguments in POOL3D + [dict(kernel_size=2, dilation=(2, 1, 2), stride=1)]: family.case("max_pool3d", indices("max_pool3d"), distinct(*SHAPES[3], key="pool"), **arguments)
    family.case("max_pool2d", indices("max_pool2d"), distinct(3, 6, 5, key="pool"), kernel_size=2)
    ties = torch.tensor([[[1.0, 1, 2, 2, float("nan"), 1, -float("inf"), -float("inf")]]], dtype=torch.float64)
    family.case("max_pool1d", indices("max_pool1d"), ties, label="special", grad=False, kernel_size=2)
    for arguments in POOL1D + [dict(kernel_size=3, stride=2, padding=1, count_include_pad=False, ceil_mode=True)]: family.case("avg_pool1d", F.avg_pool1d, values(*SHAPES[1], key="pool"), **arguments)
    for arguments in POOL3D + [dict(kernel_size=3, stride=2, padding=1, ceil_mode=True, count_include_pad=False), dict(kernel_size=2, divisor_override=3)]:
        family.case("avg_pool3d", F.avg_pool3d, values(*SHAPES[3], key="pool"), **arguments)
    family.case("avg_pool3d", F.avg_pool3d, values(2, 4, 4, 5, key="pool"), kernel_size=2)
    for dims, sizes in ((1, (1, 3, 9)), (2, ((2, 5), (None, 3), (7, 6), (9, 4))), (3, ((2, 3, 4), (None, 2, None), 7))):
        for size in sizes:
            family.case(f"adaptive_avg_pool{dims}d", getattr(F, f"adaptive_avg_pool{dims}d"), values(*SHAPES[dims], key="pool"), output_size=size)
            if not (isinstance(size, tuple) and None in size): family.case(f"adaptive_max_pool{dims}d", indices(f"adaptive_max_pool{dims}d"), distinct(*SHAPES[dims], key="pool"), output_size=size)
    for dims in (1, 2):
        for p, arguments in ((2.0, dict(kernel_size=2)), (3.0, dict(kernel_size=3, stride=2)), (2.0, dict(kernel_size=3, stride=2, ceil_mode=True))):
            family.case(f"lp_pool{dims}d", getattr(F, f"lp_pool{dims}d"), values(*SHAPES[dims], low=0.25, high=2, key="pool"), norm_type=p, **arguments)
    for dims, sizes in ((2, ((4, 3), 5)), (3, ((3, 2, 4), 2))):
        for size in sizes:
            samples = values(*SHAPES[dims][:2], dims, low=0, high=0.99, key="samples")
            family.case(f"fractional_max_pool{dims}d", lambda x, _random_samples, dims=dims, **a: getattr(F, f"fractional_max_pool{dims}d")(x, return_indices=True, _random_samples=_random_samples, **a),
                        distinct(*SHAPES[dims], key="pool"), kernel_size=2, output_size=size, _random_samples=samples, constant=("_random_samples",))
    for dims in (1, 2, 3):
        x = distinct(*SHAPES[dims], key="pool")
        y, places = getattr(F, f"max_pool{dims}d")(x, 2, 2, return_indices=True)
        for size in (None, x.shape[2:]):
            family.case(f"max_unpool{dims}d", getattr(F, f"max_unpool{dims}d"), y, indices=places, kernel_size=2, **({} if size is None else dict(output_size=list(size))))


def borders(family):
    for dims, pads in ((1, ((2, 1), (0, 3), (-1, 2))), (2, ((1, 2, 3, 0), (2, 2, 1, 1), (2, 1))), (3, ((1, 2, 2, 1, 1, 3), (0, 1)))):
        x = values(*SHAPES[dims], key="pad")
        for mode in ("reflect", "replicate", "circular"):
            for pad in pads:
                if len(pad) != 2 * dims: continue
                if mode == "circular" and min(pad) < 0: continue
                family.case("pad", F.pad, x, pad=pad, mode=mode)
    family.case("pad", F.pad, values(3, 5, key="pad"), pad=(2, 1), mode="reflect")


def resizing(family):
    for dims, sizes in ((1, ((5,), (3,), (14,))), (2, ((5, 9), (3, 4), (14, 6))), (3, ((3, 6, 4), (7, 2, 12)))):
        x = values(*SHAPES[dims], key="resize")
        linear = ("linear", "bilinear", "trilinear")[dims - 1]
        for size in sizes:
            for mode in ("nearest", "nearest-exact", "area"): family.case("interpolate", F.interpolate, x, size=size, mode=mode)
            for align in (False, True):
                family.case("interpolate", F.interpolate, x, size=size, mode=linear, align_corners=align)
                if dims == 2: family.case("interpolate", F.interpolate, x, size=size, mode="bicubic", align_corners=align)
        for factor in (1.7, 0.6, 2.0):
            family.case("interpolate", F.interpolate, x, scale_factor=factor, mode="nearest")
            for recompute in (False, True): family.case("interpolate", F.interpolate, x, scale_factor=factor, mode=linear, align_corners=False, recompute_scale_factor=recompute)
    for mode in ("bilinear", "bicubic"):
        for size in ((3, 4), (9, 2), (14, 12)):
            family.case("interpolate", F.interpolate, values(1, 2, 9, 7, key="resize"), size=size, mode=mode, align_corners=False, antialias=True)
        family.case("interpolate", F.interpolate, values(1, 2, 9, 7, key="resize"), size=(4, 5), mode=mode, align_corners=True, antialias=True)
        family.case("interpolate", F.interpolate, values(1, 2, 9, 7, key="resize"), scale_factor=0.45, mode=mode, align_corners=False, antialias=True)
    family.case("interpolate", F.interpolate, values(1, 1, 40, 33, key="resize"), size=(7, 5), mode="bicubic", align_corners=False, antialias=True)


def windows(family):
    for arguments in (dict(kernel_size=2), dict(kernel_size=(2, 3), padding=1, stride=2), dict(kernel_size=2, dilation=(1, 2), padding=(0, 1), stride=(2, 1))):
        family.case("unfold2d", F.unfold, values(2, 3, 5, 6, key="unfold"), **arguments)
        columns = F.unfold(values(2, 3, 5, 6, key="unfold"), **arguments)
        family.case("fold2d", F.fold, values(*columns.shape, key="fold"), output_size=(5, 6), **arguments)
    family.case("unfold2d", F.unfold, values(2, 4, 5, key="unfold"), kernel_size=3, padding=2)
    for factor in (2, 3): family.case("pixel_shuffle", F.pixel_shuffle, values(2, 18 if factor == 3 else 8, 2, 3, key="shuffle"), upscale_factor=factor)
    family.case("pixel_unshuffle", F.pixel_unshuffle, values(2, 3, 4, 6, key="shuffle"), downscale_factor=2)
    family.case("pixel_shuffle", F.pixel_shuffle, values(8, 2, 3, key="shuffle"), upscale_factor=2)
    family.case("channel_shuffle", F.channel_shuffle, values(2, 6, 2, 2, key="shuffle"), groups=3, grad=False)


def sampling(family):
    for dims, shape, places in ((2, (2, 2, 4, 5), (2, 3, 4)), (3, (2, 2, 3, 4, 5), (2, 2, 3, 2))):
        grid = values(*places, dims, low=-1.6, high=1.6, key="grid") + 1 / 1024     # between pixels, at no kink
        for mode in ("bilinear", "nearest", "bicubic"):
            if mode == "bicubic" and dims == 3: continue
            for padding in ("zeros", "border", "reflection"):
                for align in (False, True):
                    family.case("grid_sample", F.grid_sample, values(*shape, key="sampled"), grid, mode=mode, padding_mode=padding, align_corners=align)
    for align in (False, True):
        family.case("affine_grid", F.affine_grid, values(2, 2, 3, key="theta"), size=(2, 1, 3, 4), align_corners=align)
        family.case("affine_grid", F.affine_grid, values(2, 3, 4, key="theta"), size=(2, 1, 2, 3, 1), align_corners=align)


def volumes(family):
    for x, w, arguments in (((1, 2, 3, 2, 3), (2, 3, 2, 3, 2), {}), ((2, 4, 2, 3, 2), (4, 2, 3, 2, 3), dict(stride=2, padding=(1, 0, 1), output_padding=(1, 0, 1), groups=2)),
                            ((1, 2, 3, 3, 2), (2, 2, 2, 2, 3), dict(stride=(1, 2, 1), dilation=(2, 1, 2), padding=(2, 1, 0)))):
        channels = w[1] * arguments.get("groups", 1)
        family.case("conv_transpose3d", F.conv_transpose3d, values(*x, key="x"), values(*w, low=-1, high=1, key="w"), bias=values(channels, key="b"), **arguments)
    family.case("conv_transpose3d", F.conv_transpose3d, values(2, 3, 2, 3, key="x"), values(2, 3, 2, 2, 2, low=-1, high=1, key="w"), stride=2)


def generate():
    family = Family("spatial")
    for part in (pools, borders, resizing, windows, sampling, volumes): part(family)
    family.write()
