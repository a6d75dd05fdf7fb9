"""What torchvision's transforms make of a picture, of bytes and of numbers from 0 to 1."""
import torch
from torchvision.transforms import functional as F, InterpolationMode as Mode

from record import Family, seeded

LINEAR, CUBIC, NEAREST = Mode.BILINEAR, Mode.BICUBIC, Mode.NEAREST


def picture(height=13, width=17, channels=3):
    """Smooth shades with an edge and some noise, so that neither means nor choices go unseen."""
    y, x = torch.arange(height).view(-1, 1), torch.arange(width).view(1, -1)
    shades = torch.stack([(x * 13 + y * 3 + 40 * c) % 256 for c in range(channels)]).float()
    noise = torch.randint(0, 30, (channels, height, width), generator=seeded("picture"))
    return (shades * 0.8 + noise + 60 * (x > 9)).clamp(0, 255).to(torch.uint8)


def colour(x):
    return [51, 102, 255] if x.dtype == torch.uint8 else [0.2, 0.4, 1.0]


TRANSFORMS = {
    "resize/8x9": lambda x: F.resize(x, [8, 9], LINEAR, antialias=True),
    "resize/8x9 cubic": lambda x: F.resize(x, [8, 9], CUBIC, antialias=True),
    "resize/8x9 plain": lambda x: F.resize(x, [8, 9], LINEAR, antialias=False),
    "resize/8x9 nearest": lambda x: F.resize(x, [8, 9], NEAREST),
    "resize/20x30": lambda x: F.resize(x, [20, 30], LINEAR, antialias=True),
    "resize/20x30 cubic": lambda x: F.resize(x, [20, 30], CUBIC, antialias=True),
    "resize/shorter 7": lambda x: F.resize(x, [7], LINEAR, antialias=True),
    "resize/shorter 12 longest 15": lambda x: F.resize(x, [12], LINEAR, max_size=15, antialias=True),
    "center_crop/6x8": lambda x: F.center_crop(x, [6, 8]),
    "center_crop/7x7": lambda x: F.center_crop(x, [7, 7]),
    "center_crop/18x12": lambda x: F.center_crop(x, [18, 12]),
    "pad/constant": lambda x: F.pad(x, [1, 2, 3, 4]),
    "pad/edge": lambda x: F.pad(x, [1, 2, 3, 4], padding_mode="edge"),
    "pad/reflect": lambda x: F.pad(x, [1, 2, 3, 4], padding_mode="reflect"),
    "pad/symmetric": lambda x: F.pad(x, [1, 2, 3, 4], padding_mode="symmetric"),
    "rotate/33": lambda x: F.rotate(x, 33.0),
    "rotate/30 linear": lambda x: F.rotate(x, 30.0, LINEAR),
    "rotate/-70 expand": lambda x: F.rotate(x, -70.0, LINEAR, expand=True),
    "rotate/90 expand": lambda x: F.rotate(x, 90.0, expand=True),
    "rotate/20 center": lambda x: F.rotate(x, 20.0, LINEAR, center=[3, 4]),
    "affine/all": lambda x: F.affine(x, 15.0, [2, -1], 1.3, [10.0, -5.0], LINEAR),
    "affine/shear": lambda x: F.affine(x, 0.0, [0, 0], 1.0, [12.0, 0.0], center=[0, 0]),
    "perspective/linear": lambda x: F.perspective(x, [[0, 0], [16, 0], [16, 12], [0, 12]], [[2, 1], [15, 0], [13, 11], [1, 9]], LINEAR),
    "pad/channels": lambda x: torch.cat([F.pad(x[c:c + 1], [1, 2, 3, 4], fill=v) for c, v in enumerate(colour(x))]),
    "rotate/30 channels": lambda x: F.rotate(x, 30.0, LINEAR, fill=colour(x)),
    "rotate/33 channels": lambda x: F.rotate(x, 33.0, expand=True, fill=colour(x)),
    "affine/channels": lambda x: F.affine(x, 15.0, [2, -1], 1.3, [10.0, -5.0], LINEAR, fill=colour(x)),
    "affine/center": lambda x: F.affine(x, 15.0, [2, -1], 1.3, [10.0, -5.0], LINEAR, center=[3, 4]),
    "perspective/channels": lambda x: F.perspective(x, [[0, 0], [16, 0], [16, 12], [0, 12]], [[2, 1], [15, 0], [13, 11], [1, 9]], LINEAR, fill=colour(x)),
    "resize/longest 9": lambda x: F.resize(x, [9 * x.shape[1] // x.shape[2], 9], LINEAR, antialias=True),
    "brightness/0.6": lambda x: F.adjust_brightness(x, 0.6),
    "brightness/1.7": lambda x: F.adjust_brightness(x, 1.7),
    "contrast/0.4": lambda x: F.adjust_contrast(x, 0.4),
    "contrast/1.8": lambda x: F.adjust_contrast(x, 1.8),
    "saturation/0.3": lambda x: F.adjust_saturation(x, 0.3),
    "saturation/2.2": lambda x: F.adjust_saturation(x, 2.2),
    "hue/0.3": lambda x: F.adjust_hue(x, 0.3),
    "hue/-0.12": lambda x: F.adjust_hue(x, -0.12),
    "gamma/0.7": lambda x: F.adjust_gamma(x, 0.7, 0.9),
    "grayscale/1": lambda x: F.rgb_to_grayscale(x, 1),
    "grayscale/3": lambda x: F.rgb_to_grayscale(x, 3),
    "blur/3x7": lambda x: F.gaussian_blur(x, [7, 3], [1.3, 1.3]),
    "blur/5": lambda x: F.gaussian_blur(x, [5, 5], [1.3, 1.3]),
    "invert/": lambda x: F.invert(x),
    "solarize/": lambda x: F.solarize(x, 128 if x.dtype == torch.uint8 else 128 / 255),
    "sharpness/0.2": lambda x: F.adjust_sharpness(x, 0.2),
    "sharpness/1.9": lambda x: F.adjust_sharpness(x, 1.9),
    "autocontrast/": lambda x: F.autocontrast(x),
    "normalize/": lambda x: F.normalize(x if x.is_floating_point() else F.convert_image_dtype(x), [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
    "convert/bytes": lambda x: F.convert_image_dtype(x, torch.uint8),
}
BYTES = {
    "posterize/3": lambda x: F.posterize(x, 3),
    "equalize/": lambda x: F.equalize(x),
    "equalize/large": lambda x: F.equalize(picture(40, 50)),
}


def generate():
    family = Family("transforms")
    x = picture()
    family.add("picture/", {}, {"input0": x})
    for name, transform in TRANSFORMS.items():
        for kind, given in (("uint8", x), ("float32", x / 255)): family.add(f"{name} {kind}", {}, {"output0": transform(given)})
    for name, transform in BYTES.items(): family.add(f"{name} uint8", {}, {"output0": transform(x)} | ({"input0": picture(40, 50)} if "large" in name else {}))
    family.write()
