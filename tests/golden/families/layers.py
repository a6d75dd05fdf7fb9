"""Normalization, dropout, gates: what a layer computes once its parameters are given."""
import torch
import torch.nn.functional as F

from record import Family, values


def batch_norm(x, running_mean=None, running_var=None, **arguments):
    y = F.batch_norm(x, running_mean, running_var, **arguments)
    return (y,) if running_mean is None else (y, running_mean, running_var)     # output1 and output2: the running statistics afterwards


def batch_norm_module(x, weight, bias, steps, momentum):
    """Several training steps of the module, then evaluation: shows momentum=None, the cumulative average."""
    layer = torch.nn.BatchNorm2d(x.shape[1], momentum=momentum).double()
    with torch.no_grad(): layer.weight.copy_(weight); layer.bias.copy_(bias)
    for step in range(steps): layer(x.detach() * (step + 1))
    layer.eval()
    return layer(x), layer.running_mean, layer.running_var, layer.num_batches_tracked


def generate():
    family = Family("layers")
    statistics = lambda c: dict(running_mean=values(c, key="mean"), running_var=values(c, low=0.5, high=2, key="var"), constant=("running_mean", "running_var"))
    affine = lambda c: dict(weight=values(c, low=0.5, high=2, key="w"), bias=values(c, key="b"))
    for shape in ((4, 3), (4, 3, 5), (2, 3, 4, 5)):
        x = values(*shape, key="norm")
        for training in (True, False):
            family.case("batch_norm", batch_norm, x, **statistics(3), **affine(3), training=training, momentum=0.1, eps=1e-5)
            family.case("batch_norm", batch_norm, x, **statistics(3), training=training, momentum=0.3, eps=1e-3)
        family.case("batch_norm", batch_norm, x, **affine(3), training=True, eps=1e-5)
    for momentum in (0.1, None):
        family.case("batch_norm_steps", batch_norm_module, values(2, 3, 2, 2, key="norm"), **affine(3), steps=3, momentum=momentum, grad=False)
    for shape in ((3,), (4,), (3, 4)):
        x = values(2, *((3, 4) if len(shape) == 2 else (2, *shape)), key="norm")
        family.case("layer_norm", F.layer_norm, x, weight=values(*shape, key="w"), bias=values(*shape, key="b"), normalized_shape=shape, eps=1e-5)
        family.case("layer_norm", F.layer_norm, x, normalized_shape=shape, eps=1e-5)
    for groups in (1, 2, 4):
        family.case("group_norm", F.group_norm, values(2, 4, 3, 3, key="norm"), **affine(4), num_groups=groups, eps=1e-5)
    family.case("instance_norm", F.instance_norm, values(2, 3, 4, 4, key="norm"), **affine(3), eps=1e-5)
    family.case("local_response_norm", F.local_response_norm, values(1, 5, 2, 2, key="norm"), size=3)

    x = values(3, 4, key="x")
    family.case("dropout", F.dropout, x, p=0.0, training=True)
    family.case("dropout", F.dropout, x, p=0.5, training=False)
    family.case("dropout", F.dropout, x, p=1.0, training=True)
    family.case("prelu", F.prelu, values(2, 3, 4, key="x"), weight=values(3, key="slope"))
    family.case("prelu", F.prelu, values(2, 3, 4, key="x"), weight=values(1, key="slope"))
    for dim in (0, 1, -1): family.case("glu", F.glu, values(2, 4, 6, key="x"), dim=dim)

    family.case("attention", attention, values(2, 2, 3, 4, key="q"), values(2, 2, 5, 4, key="k"), values(2, 2, 5, 4, key="v"))
    family.case("attention", attention, values(2, 3, 4, key="q"), values(2, 3, 4, key="k"), values(2, 3, 4, key="v"), is_causal=True)
    family.case("attention", attention, values(2, 3, 4, key="q"), values(2, 3, 4, key="k"), values(2, 3, 4, key="v"), attn_mask=torch.tensor([[True, False, True], [True, True, True], [False, False, True]]))
    recurrent(family)
    family.write()


def attention(q, k, v, attn_mask=None, is_causal=False):
    """Scaled dot-product attention as later versions of PyTorch define it."""
    scores = q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5
    if is_causal: attn_mask = torch.ones(q.shape[-2], k.shape[-2], dtype=torch.bool).tril()
    return torch.softmax(scores if attn_mask is None else scores.masked_fill(~attn_mask, -float("inf")), -1) @ v


def recurrent(family):
    for kind in ("RNN", "LSTM", "GRU"):
        for arguments in ({}, dict(num_layers=2, bidirectional=True, batch_first=True)):
            layer = getattr(torch.nn, kind)(3, 2, **arguments).double()
            weights = {n: values(*p.shape, low=-1, high=1, key=n) for n, p in layer.named_parameters()}
            family.case(kind.lower(), run_recurrent, values(4, 2, 3, key="x"), **weights, kind=kind, arguments=arguments, label="hidden 2")


def run_recurrent(x, kind, arguments, **weights):
    layer = getattr(torch.nn, kind)(3, 2, **arguments).double()
    layer._flat_weights = list(weights.values())
    y, state = layer(x)
    return (y, *state) if isinstance(state, tuple) else (y, state)
