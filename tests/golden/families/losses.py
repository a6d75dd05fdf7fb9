"""Losses."""
import torch
import torch.nn.functional as F

from record import Family, integers, values

REDUCTIONS = ("none", "mean", "sum")


def generate():
    family = Family("losses")
    y, target = values(3, 4, key="y"), values(3, 4, key="target")
    logits, classes = values(4, 5, key="logits"), torch.tensor([0, 4, 2, 2])
    soft = F.softmax(values(4, 5, key="soft"), 1).mul(4096).round().div(4096)
    weight = dict(weight=values(5, low=0.25, high=2, key="class weight"), constant=("weight",))
    for reduction in REDUCTIONS:
        r = dict(reduction=reduction)
        family.case("mse_loss", F.mse_loss, y, target, **r)
        family.case("l1_loss", F.l1_loss, y, target, **r)
        for beta in (1.0, 0.5): family.case("smooth_l1_loss", F.smooth_l1_loss, y, target, beta=beta, **r)
        for delta in (1.0, 0.5): family.case("huber_loss", F.huber_loss, y, target, delta=delta, **r)

        for extra in ({}, weight, dict(ignore_index=2), dict(label_smoothing=0.1), weight | dict(label_smoothing=0.1, ignore_index=2)):
            family.case("cross_entropy", F.cross_entropy, logits, classes, **extra, **r)
        family.case("cross_entropy", F.cross_entropy, values(2, 5, 2, 3, key="pixels"), integers(2, 2, 3, high=5, key="pixels"), **weight, **r)
        family.case("cross_entropy", F.cross_entropy, logits, soft, label="probabilities", **r)
        family.case("cross_entropy", F.cross_entropy, logits, soft, label="probabilities", **weight, label_smoothing=0.1, **r)
        for extra in ({}, weight, dict(ignore_index=2)):
            family.case("nll_loss", F.nll_loss, F.log_softmax(logits, 1).float().double(), classes, **extra, **r)

        p, binary = values(3, 4, low=0.02, high=0.98, key="p"), integers(3, 4, high=2, key="binary").double()
        family.case("binary_cross_entropy", F.binary_cross_entropy, p, binary, constant=("input1",), **r)
        family.case("binary_cross_entropy", F.binary_cross_entropy, p, binary, weight=values(3, 4, low=0, high=2, key="w"), constant=("input1", "weight"), **r)
        family.case("binary_cross_entropy_with_logits", F.binary_cross_entropy_with_logits, y, binary, **r)
        family.case("binary_cross_entropy_with_logits", F.binary_cross_entropy_with_logits, y, binary, pos_weight=values(4, low=0.5, high=3, key="pos"), constant=("pos_weight",), **r)
        family.case("binary_cross_entropy_with_logits", F.binary_cross_entropy_with_logits, y, values(3, 4, low=0, high=1, key="between"), weight=values(4, low=0, high=2, key="w"), constant=("weight",), **r)
        family.case("soft_margin_loss", F.soft_margin_loss, y, binary * 2 - 1, constant=("input1",), **r)
        family.case("hinge_embedding_loss", F.hinge_embedding_loss, y, binary * 2 - 1, constant=("input1",), **r)
        family.case("gaussian_nll_loss", F.gaussian_nll_loss, y, target, var=values(3, 4, low=0.25, high=2, key="var"), full=True, **r)
        family.case("poisson_nll_loss", F.poisson_nll_loss, y, values(3, 4, low=0, high=3, key="counts"), constant=("input1",), **r)
        family.case("margin_ranking_loss", F.margin_ranking_loss, values(4, key="a"), values(4, key="b"), torch.tensor([1.0, -1, 1, -1], dtype=torch.float64), margin=0.25, constant=("input2",), **r)
    for reduction in REDUCTIONS + ("batchmean",):
        logp = F.log_softmax(logits, 1).float().double()
        family.case("kl_div", F.kl_div, logp, soft, reduction=reduction, constant=("input1",))
        family.case("kl_div", F.kl_div, logp, soft.log().float().double(), reduction=reduction, log_target=True, constant=("input1",))

    far = torch.tensor([-1000.0, -100, -30, 0, 30, 100, 1000], dtype=torch.float64)
    for t in (0.0, 1.0):
        family.case("binary_cross_entropy_with_logits", F.binary_cross_entropy_with_logits, far, torch.full((7,), t, dtype=torch.float64), label=f"far {t:g}", reduction="none")
    certain = torch.tensor([0.0, 1, 0, 1], dtype=torch.float64)
    family.case("binary_cross_entropy", F.binary_cross_entropy, certain, torch.tensor([0.0, 1, 1, 0], dtype=torch.float64), label="certain", reduction="none", constant=("input1",))
    family.case("cross_entropy", F.cross_entropy, far.reshape(1, 7), torch.tensor([0]), label="far", reduction="mean")
    family.case("cross_entropy", F.cross_entropy, logits, torch.full((4,), 2), label="all ignored", ignore_index=2, reduction="mean", grad=False)
    family.case("cross_entropy", F.cross_entropy, logits[0], classes[1], label="one", reduction="mean")
    family.case("smooth_l1_loss", F.smooth_l1_loss, y, target, beta=0.0, reduction="mean")
    family.write()
