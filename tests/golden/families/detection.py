"""torchvision's networks for boxes: keys and shapes, losses, gradients and findings with weights that a formula makes."""
import torch
from torch import nn
from torchvision.models import detection, resnet18
from torchvision.models.detection.backbone_utils import _resnet_fpn_extractor, resnet_fpn_backbone
from torchvision.ops.feature_pyramid_network import LastLevelP6P7

from families.models import CLASSES, fill, gradients, keys, noise
from record import save_json

NAMED = ["fasterrcnn_resnet50_fpn", "fasterrcnn_resnet50_fpn_v2", "fasterrcnn_mobilenet_v3_large_fpn", "fasterrcnn_mobilenet_v3_large_320_fpn",
         "retinanet_resnet50_fpn", "retinanet_resnet50_fpn_v2", "maskrcnn_resnet50_fpn", "maskrcnn_resnet50_fpn_v2", "keypointrcnn_resnet50_fpn",
         "fcos_resnet50_fpn", "ssd300_vgg16", "ssdlite320_mobilenet_v3_large"]
SIZES = {"min_size": 64, "max_size": 96}
EVERYTHING = 1000000                                                           # nothing is left to chance


def two_part(kind, classes=CLASSES, **options):
    backbone = resnet_fpn_backbone(backbone_name="resnet18", weights=None, norm_layer=nn.BatchNorm2d, trainable_layers=5)
    return kind(backbone, classes, **SIZES, rpn_batch_size_per_image=EVERYTHING, box_batch_size_per_image=EVERYTHING, **options)


def faster(): return two_part(detection.FasterRCNN)


# So many proposals that masks and places of all need no minutes.
FEW = {"box_detections_per_img": 12, "rpn_post_nms_top_n_train": 30, "rpn_post_nms_top_n_test": 30}


def mask(): return two_part(detection.MaskRCNN, **FEW)


def keypoint(): return two_part(detection.KeypointRCNN, 2, num_keypoints=5, **FEW)


def retina(second=False):
    backbone = _resnet_fpn_extractor(resnet18(weights=None), 5, returned_layers=[2, 3, 4], extra_blocks=LastLevelP6P7(512 if second else 256, 256))
    if not second: return detection.RetinaNet(backbone, CLASSES, **SIZES)
    anchors = detection.retinanet._default_anchorgen()
    head = detection.retinanet.RetinaNetHead(256, anchors.num_anchors_per_location()[0], CLASSES, norm_layer=lambda c: nn.GroupNorm(32, c))
    head.regression_head._loss_type = "giou"
    return detection.RetinaNet(backbone, CLASSES, **SIZES, anchor_generator=anchors, head=head)


def fcos():
    backbone = _resnet_fpn_extractor(resnet18(weights=None), 5, returned_layers=[2, 3, 4], extra_blocks=LastLevelP6P7(256, 256))
    return detection.FCOS(backbone, CLASSES, **SIZES)


def one_shot(name): return lambda: getattr(detection, name)(weights=None, weights_backbone=None, num_classes=CLASSES)


def scenes():
    pictures = [noise(3 * h * w, e).float().reshape(3, h, w) for e, (h, w) in enumerate([(50, 70), (64, 48)])]
    targets = [{"boxes": torch.tensor([[5.0, 6, 30, 40], [20, 10, 69, 50], [50, 1, 60, 12]]), "labels": torch.tensor([1, 3, 6])},
               {"boxes": torch.tensor([[0.0, 0, 40, 60]]), "labels": torch.tensor([2])}]
    for e, (p, t) in enumerate(zip(pictures, targets)):
        n, (h, w) = len(t["boxes"]), p.shape[1:]
        x, y = torch.arange(w), torch.arange(h)[:, None]
        t["masks"] = torch.stack([((x - b[0]) * 3 + (y - b[1]) * 2 < (b[2] - b[0]) * 2 + (b[3] - b[1])) & (x >= b[0]) & (x < b[2]) & (y >= b[1]) & (y < b[3]) for b in t["boxes"]]).to(torch.uint8)
        u = noise(n * 5 * 2, 7 + e).float().reshape(n, 5, 2)
        places = t["boxes"][:, None, :2] + u * (t["boxes"][:, None, 2:] - t["boxes"][:, None, :2])
        seen = (torch.arange(n * 5).reshape(n, 5, 1) % 4 != 3).float()
        t["keypoints"] = torch.cat([places, seen], 2)
    return pictures, targets


def computed(model, gain):
    fill(model, gain)
    pictures, targets = scenes()
    if isinstance(model, detection.KeypointRCNN):
        for t in targets: t["labels"] = torch.ones_like(t["labels"])
    def lost(pictures, targets):
        model.train()
        for m in model.modules():
            if isinstance(m, nn.BatchNorm2d): m.eval()
        return model(pictures, targets)

    losses = lost(pictures, targets)
    model.eval()
    with torch.no_grad(): found = model(pictures)
    # In float64: in float32 rounding decides which of two like neighbours is the larger, in pictures that were made larger of many.
    model.double()
    sum(lost([p.double() for p in pictures], [{k: v.double() if k == "boxes" else v for k, v in t.items()} for t in targets]).values()).backward()
    show = lambda t: [float(f"{v:.7g}") for v in t.flatten()]
    return {"gain": gain, "losses": {k: float(v) for k, v in losses.items()}, "gradients": gradients(model),
            "found": [{"boxes": show(f["boxes"][:12]), "labels": f["labels"][:12].tolist(), "scores": show(f["scores"][:12]), "count": len(f["labels"])}
                      | ({"masks": show(f["masks"].sum((1, 2, 3)))} if "masks" in f else {}) | ({"keypoints": show(f["keypoints"]), "sure": show(f["keypoints_scores"])} if "keypoints" in f else {})
                      for f in found]}


def generate():
    record = {}
    for name in NAMED:
        model = getattr(detection, name)(weights=None, weights_backbone=None)
        record[name] = {"parameters": sum(p.numel() for p in model.parameters()), "keys": keys(model)}
        del model
    for name, (make, gain) in {"faster": (faster, 0.5), "retina": (retina, 0.6), "retina_v2": (lambda: retina(True), 0.5), "mask": (mask, 0.5), "keypoint": (keypoint, 0.5),
                               "fcos": (fcos, 0.6), "ssd": (one_shot("ssd300_vgg16"), 0.7), "ssdlite": (one_shot("ssdlite320_mobilenet_v3_large"), 0.7)}.items():
        model = make()
        record[name] = {"parameters": sum(p.numel() for p in model.parameters()), "keys": keys(model)} | computed(model, gain)
    save_json("detection", record)
