"""What torchvision's random transforms draw: quantiles of each parameter, of many draws for a picture of 40 rows and 50 columns."""
import torch
from torchvision import transforms as T

from record import save_json

HEIGHT, WIDTH, MANY, PARTS = 40, 50, 100_000, 20


def affine():
    angle, (right, down), scale, (shear, _) = T.RandomAffine.get_params([-30.0, 30.0], [0.2, 0.1], [0.8, 1.5], [-10.0, 10.0], [WIDTH, HEIGHT])
    return {"angle": angle, "right": right, "down": down, "scale": scale, "shear": shear}


def perspective():
    _, corners = T.RandomPerspective.get_params(WIDTH, HEIGHT, 0.5)
    return {f"{name} {axis}": corner[i] for name, corner in zip(["top left", "top right", "bottom right", "bottom left"], corners) for i, axis in enumerate("xy")}


def erasing():
    top, left, height, width, _ = T.RandomErasing.get_params(torch.ones(1, HEIGHT, WIDTH), [0.02, 0.33], [0.3, 3.3], [0.0])
    return {"top": top, "left": left, "height": height, "width": width}


def resized_crop():
    top, left, height, width = T.RandomResizedCrop.get_params(torch.ones(1, HEIGHT, WIDTH), [0.08, 1.0], [3 / 4, 4 / 3])
    return {"top": top, "left": left, "height": height, "width": width}


def crop():
    top, left, _, _ = T.RandomCrop.get_params(torch.ones(1, HEIGHT, WIDTH), [30, 20])
    return {"top": top, "left": left}


def jitter():
    _, brightness, contrast, saturation, hue = T.ColorJitter.get_params([0.6, 1.4], [0.7, 1.3], [0.5, 1.5], [-0.2, 0.2])
    return {"brightness": brightness, "contrast": contrast, "saturation": saturation, "hue": hue}


def shears():
    _, _, _, (shear, down) = T.RandomAffine.get_params([0.0, 0.0], None, None, [-10.0, 20.0, 5.0, 25.0], [WIDTH, HEIGHT])
    return {"shear": shear, "shear down": down}


def jitter_ranges():
    _, brightness, contrast, saturation, hue = T.ColorJitter.get_params([0.5, 1.2], [0.2, 1.0], [1.0, 1.5], [-0.05, 0.15])
    return {"brightness": brightness, "contrast": contrast, "saturation": saturation, "hue": hue}


def elastic():
    """How far the pixel in the middle of a square goes, in pixels. torchvision counts in halves of the size, and of the height in both directions: a square, so that this is one."""
    field = T.ElasticTransform.get_params([40.0, 20.0], [3.0, 2.0], [HEIGHT, HEIGHT])[0, HEIGHT // 2, HEIGHT // 2]
    return {"right": field[0] * HEIGHT / 2, "down": field[1] * HEIGHT / 2}


DRAWN = {
    "RandomAffine": affine, "RandomPerspective": perspective, "RandomErasing": erasing, "RandomResizedCrop": resized_crop, "RandomCrop": crop, "ColorJitter": jitter,
    "RandomRotation": lambda: {"angle": T.RandomRotation.get_params([-40.0, 40.0])},
    "GaussianBlur": lambda: {"sigma": T.GaussianBlur.get_params(0.1, 2.0)},
    "RandomRotation range": lambda: {"angle": T.RandomRotation.get_params([10.0, 70.0])}, "RandomAffine shears": shears, "ColorJitter ranges": jitter_ranges,
    "ElasticTransform": elastic,
}


def generate():
    torch.manual_seed(1)
    result = {}
    for name, draw in DRAWN.items():
        drawn = [draw() for _ in range(MANY if name != "ElasticTransform" else MANY // 5)]
        result[name] = {key: [round(float(q), 5) for q in torch.tensor([float(d[key]) for d in drawn], dtype=torch.float64).quantile(torch.arange(1, PARTS, dtype=torch.float64) / PARTS)]
                        for key in drawn[0]}
    save_json("draws", result)
