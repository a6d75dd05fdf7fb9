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
    more(family)
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


def more(family):
    """Layers that have state, several inputs or bags; and what PyTorch 1.13 lacks, by its definition."""
    for shape in ((2, 3, 5), (2, 3, 4, 4), (2, 3, 2, 3, 2)):
        family.case("instance_norm_steps", instance_norm_module, values(*shape, key="norm"), weight=values(3, low=0.5, high=2, key="w"), bias=values(3, key="b"), steps=3, momentum=0.3, grad=False)
        family.case("instance_norm", F.instance_norm, values(*shape, key="norm"), weight=values(3, low=0.5, high=2, key="w"), bias=values(3, key="b"), eps=1e-3)
    family.case("local_response_norm", F.local_response_norm, values(2, 6, 3, key="norm"), size=4, alpha=0.5, beta=0.5, k=2.0)
    for shape in ((4,), (3, 4)):
        for eps in (1e-6, 0.1): family.case("rms_norm", rms_norm, values(2, 3, 4, key="norm"), weight=values(*shape, key="w"), normalized_shape=shape, eps=eps)
    family.case("bilinear", F.bilinear, values(5, 2, key="x"), values(5, 3, key="y"), weight=values(4, 2, 3, key="w"), bias=values(4, key="b"))
    family.case("bilinear", F.bilinear, values(2, 3, 2, key="x"), values(2, 3, 3, key="y"), weight=values(4, 2, 3, key="w"))
    index, weight = torch.tensor([[1, 4, 1], [0, 2, 1]]), values(5, 3, key="vectors")
    for arguments in (dict(), dict(padding_idx=1), dict(padding_idx=-1), dict(scale_grad_by_freq=True), dict(max_norm=1.5), dict(max_norm=1.0, norm_type=1.0, padding_idx=2)):
        family.case("embedding", lambda index, weight, **a: embedding(index, weight, **a), index, weight=weight, **arguments)
    flat, offsets = torch.tensor([1, 4, 1, 0, 2, 1, 3]), torch.tensor([0, 3, 3, 5])
    for mode in ("mean", "sum", "max"):
        for arguments in (dict(), dict(padding_idx=1), dict(max_norm=1.5)):
            family.case("embedding_bag", bag, index, weight=weight, mode=mode, **arguments)
            family.case("embedding_bag", bag, flat, weight=weight, offsets=offsets, mode=mode, **arguments)
    family.case("embedding_bag", bag, flat, weight=weight, offsets=torch.tensor([0, 3, 7]), mode="sum", include_last_offset=True)
    family.case("embedding_bag", bag, flat, weight=weight, offsets=offsets, per_sample_weights=values(7, key="factors"), mode="sum")
    family.case("embedding_bag", bag, index, weight=weight, per_sample_weights=values(2, 3, key="factors"), mode="sum")
    for arguments in (dict(dim=1), dict(p=1.0, dim=0), dict(p=3.0, dim=-1, eps=1.0)): family.case("normalize", F.normalize, values(3, 4, key="unit"), **arguments)
    for arguments in (dict(dim=1), dict(dim=0, eps=4.0)): family.case("cosine_similarity", F.cosine_similarity, values(3, 4, key="one"), values(3, 4, key="two"), **arguments)
    for arguments in ({}, dict(p=1.0, keepdim=True), dict(eps=0.5)): family.case("pairwise_distance", F.pairwise_distance, values(3, 4, key="one"), values(3, 4, key="two"), **arguments)
    family.case("softmin", F.softmin, values(3, 4, key="x"), dim=1)
    family.case("sparsemax", sparsemax, values(4, 5, key="x"), dim=1)
    family.case("rrelu", F.rrelu, values(3, 4, key="x"), lower=0.1, upper=0.4, training=False)
    for layer in ("linear", "conv"):
        family.case("spectral_norm", spectral_norm, values(2, 3, 4, 4, key="x") if layer == "conv" else values(2, 3, key="x"), original=values(*((4, 3, 2, 2) if layer == "conv" else (4, 3)), key="w"),
                    u=F.normalize(values(4, key="u"), dim=0), v=F.normalize(values(12 if layer == "conv" else 3, key="v"), dim=0), layer=layer, constant=("u", "v", "input0"))
        for dim in (0, None): family.case("weight_norm", weight_norm, values(2, 3, 4, 4, key="x") if layer == "conv" else values(2, 3, key="x"), v=values(*((4, 3, 2, 2) if layer == "conv" else (4, 3)), key="w"),
                    g=values(*(() if dim is None else (4, 1, 1, 1) if layer == "conv" else (4, 1)), low=0.5, high=2, key="g"), layer=layer, dim=dim, constant=("input0",))


def instance_norm_module(x, weight, bias, steps, momentum):
    layer = {3: torch.nn.InstanceNorm1d, 4: torch.nn.InstanceNorm2d, 5: torch.nn.InstanceNorm3d}[x.dim()](x.shape[1], momentum=momentum, affine=True, track_running_stats=True).double()
    with torch.no_grad(): layer.weight.copy_(weight); layer.bias.copy_(bias)
    for step in range(steps): layer(x.detach() * (step + 1))
    layer.eval()
    return layer(x), layer.running_mean, layer.running_var


def rms_norm(x, weight, normalized_shape, eps):
    dims = tuple(range(-len(normalized_shape), 0))
    return x * torch.rsqrt(x.square().mean(dims, keepdim=True) + eps) * weight


def embedding(index, weight, **arguments):
    """output1: the weight afterwards, which max_norm changes in place."""
    if "max_norm" not in arguments: return F.embedding(index, weight, **arguments)
    shortened = weight.detach().clone()
    torch.embedding_renorm_(shortened, index.flatten(), arguments.pop("max_norm"), arguments.pop("norm_type", 2.0))
    return F.embedding(index, weight + (shortened - weight).detach(), **arguments)


def bag(index, weight, max_norm=None, **arguments):
    if max_norm is not None:
        shortened = weight.detach().clone()
        torch.embedding_renorm_(shortened, index.flatten(), max_norm, 2.0)
        weight = weight + (shortened - weight).detach()
    return F.embedding_bag(index, weight, **arguments)


def sparsemax(x, dim):
    """By its definition: the nearest point with positive coordinates that add up to 1."""
    z, _ = torch.sort(x, dim, descending=True)
    k = torch.arange(1, x.shape[dim] + 1, dtype=x.dtype)
    count = (1 + k * z > z.cumsum(dim)).sum(dim, keepdim=True)
    tau = (z.cumsum(dim).gather(dim, count - 1) - 1) / count
    return (x - tau).clamp(min=0)


def applied(x, weight, layer):
    return F.conv2d(x, weight) if layer == "conv" else F.linear(x, weight)


def spectral_norm(x, original, u, v, layer):
    """One step in training of torch.nn.utils.parametrizations.spectral_norm: the result, and both vectors afterwards."""
    module = (torch.nn.Conv2d(3, 4, 2, bias=False) if layer == "conv" else torch.nn.Linear(3, 4, bias=False)).double()
    torch.nn.utils.parametrizations.spectral_norm(module)
    holder = module.parametrizations.weight
    with torch.no_grad(): holder[0]._u.copy_(u); holder[0]._v.copy_(v)
    y = torch.nn.utils.stateless.functional_call(module, {"parametrizations.weight.original": original}, (x,))
    return y, holder[0]._u, holder[0]._v


def weight_norm(x, v, g, layer, dim):
    return applied(x, torch._weight_norm(v, g, -1 if dim is None else dim), layer)
