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

    margins(family)
    ctc(family)
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


def margins(family):
    """Losses of scores, vectors and labels, and those that torchvision has and we define once more."""
    x, sign = values(3, 5, key="score"), (integers(3, 5, high=2, key="sign") * 2 - 1).double()
    one, two, three, which = values(4, 6, key="one"), values(4, 6, key="two"), values(4, 6, key="three"), torch.tensor([1.0, -1, 1, -1], dtype=torch.float64)
    scores, classes, weight = values(4, 5, key="margin"), torch.tensor([0, 4, 2, 2]), values(5, low=0.25, high=2, key="class weight")
    labels = torch.tensor([[3, 0, -1, 1, 2], [1, 2, 3, 0, 4], [-1, 0, 1, 2, 3], [2, -1, -1, -1, -1]])
    binary = integers(4, 5, high=2, key="labels").double()
    for reduction in REDUCTIONS:
        r = dict(reduction=reduction)
        family.case("hinge_embedding_loss", F.hinge_embedding_loss, x, sign, margin=0.5, constant=("input1",), **r)
        for margin in (0.0, 0.5): family.case("cosine_embedding_loss", F.cosine_embedding_loss, one, two, which, margin=margin, constant=("input2",), **r)
        for p, extra in ((1, {}), (2, dict(margin=0.5)), (1, dict(weight=weight, constant=("weight",)))): family.case("multi_margin_loss", F.multi_margin_loss, scores, classes, p=p, **extra, **r)
        family.case("multilabel_margin_loss", F.multilabel_margin_loss, scores, labels, **r)
        family.case("multilabel_soft_margin_loss", F.multilabel_soft_margin_loss, scores, binary, constant=("input1",), **r)
        family.case("multilabel_soft_margin_loss", F.multilabel_soft_margin_loss, scores, binary, weight=weight, constant=("input1", "weight"), **r)
        for extra in ({}, dict(margin=3.0, swap=True), dict(p=1.0)): family.case("triplet_margin_loss", F.triplet_margin_loss, one, two, three, **extra, **r)
        counts = values(3, 5, low=0, high=5, key="counts")
        for extra in (dict(log_input=False), dict(full=True)):
            family.case("poisson_nll_loss", F.poisson_nll_loss, values(3, 5, low=0.25, high=3, key="rate"), counts, constant=("input1",), **extra, **r)
        for var in ((3, 5), (3, 1), (3,)): family.case("gaussian_nll_loss", F.gaussian_nll_loss, x, values(3, 5, key="target"), var=values(*var, low=0.25, high=2, key="var"), **r)
        for extra in ({}, dict(alpha=-1.0, gamma=1.5)): family.case("sigmoid_focal_loss", sigmoid_focal_loss, scores, binary, constant=("input1",), **extra, **r)
        family.case("dice_loss", dice_loss, torch.sigmoid(scores).float().double(), binary, constant=("input1",), **r)
    family.case("multi_margin_loss", F.multi_margin_loss, scores[0], classes[1], reduction="mean")
    family.case("multilabel_margin_loss", F.multilabel_margin_loss, scores[0], labels[0], reduction="mean")
    family.case("aum_loss", aum_loss, values(12, key="aum"), torch.tensor([0.0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1], dtype=torch.float64), reduction="sum", constant=("input1",))


def sigmoid_focal_loss(x, t, reduction, alpha=0.25, gamma=2.0):
    """As torchvision.ops.sigmoid_focal_loss defines it."""
    p, ce = torch.sigmoid(x), F.binary_cross_entropy_with_logits(x, t, reduction="none")
    losses = ce * (1 - (p * t + (1 - p) * (1 - t))) ** gamma
    if alpha >= 0: losses = (alpha * t + (1 - alpha) * (1 - t)) * losses
    return dict(none=losses, mean=losses.mean(), sum=losses.sum())[reduction]


def dice_loss(x, t, reduction):
    losses = 1 - (2 * (x * t).sum(1) + 1) / (x.sum(1) + t.sum(1) + 1)
    return dict(none=losses, mean=losses.mean(), sum=losses.sum())[reduction]


def aum_loss(x, t, reduction):
    """The area under min(false positives, false negatives) by its definition: the sum over all intervals between thresholds."""
    order = torch.argsort(x.detach(), descending=True)
    x, t, area = x[order], t[order], 0
    for i in range(len(x) - 1):
        area = area + min((1 - t[:i + 1]).sum() / (1 - t).sum(), t[i + 1:].sum() / t.sum()) * (x[i] - x[i + 1])
    return area


def ctc(family):
    """Gradients are those of scores before their log softmax: PyTorch's gradient of log probabilities is that of scores already."""
    def compute(scores, targets, input_lengths, target_lengths, **arguments): return F.ctc_loss(scores.log_softmax(-1), targets, input_lengths, target_lengths, **arguments)
    scores, targets = values(7, 3, 4, key="ctc"), torch.tensor([[1, 2, 2], [3, 1, 0], [2, 0, 0]])
    steps, counts = torch.tensor([7, 5, 7]), torch.tensor([3, 2, 0])
    for reduction in REDUCTIONS:
        family.case("ctc_loss", compute, scores, targets, steps, counts, reduction=reduction)
        family.case("ctc_loss", compute, scores, torch.tensor([1, 2, 2, 3, 1]), steps, counts, reduction=reduction)
        family.case("ctc_loss", compute, scores, torch.tensor([[0, 2, 2], [1, 1, 0], [2, 0, 0]]), steps, counts, blank=3, reduction=reduction)
        family.case("ctc_loss", compute, values(4, 2, 4, key="ctc"), torch.tensor([[1, 1, 1], [3, 1, 2]]), torch.tensor([4, 4]), torch.tensor([3, 3]), label="impossible", zero_infinity=True, reduction=reduction)
    family.case("ctc_loss", compute, values(4, 1, 4, key="ctc"), torch.tensor([[1, 1, 1]]), torch.tensor([4]), torch.tensor([3]), label="infinite", reduction="none", grad=False)
    family.case("ctc_loss", compute, values(5, 4, key="ctc"), torch.tensor([1, 2]), torch.tensor(5), torch.tensor(2), reduction="mean")
