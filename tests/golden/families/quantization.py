"""Layers with whole numbers of eight bits: what observers find, dynamic and static linear layers, and convolutions. Small enough for one JSON file."""
import torch
from torch.ao.quantization import MinMaxObserver, PerChannelMinMaxObserver

from record import save_json, seeded


def flat(x): return [float(v) for v in x.detach().double().flatten()]


def drawn(key, *shape): return torch.randn(shape, generator=seeded(key))


def observed():
    cases = []
    for low, high in ((-1.0, 1.55), (0.0, 3.0), (0.5, 4.0), (-7.0, -2.0), (-1e-3, 9e-3), (0.0, 0.0), (-100.0, 3.0)):
        for reduce_range in (False, True):
            observer = MinMaxObserver(dtype=torch.quint8, reduce_range=reduce_range)
            observer(torch.tensor([low, high]))
            scale, zero = observer.calculate_qparams()
            cases.append(dict(low=low, high=high, reduce_range=reduce_range, scale=scale.item(), zero=int(zero)))
    return cases


def weight_of(key, *shape):
    weight = drawn(key, *shape) * (torch.arange(shape[0]) + 1.0).reshape(-1, *[1] * (len(shape) - 1))
    observer = PerChannelMinMaxObserver(ch_axis=0, dtype=torch.qint8, qscheme=torch.per_channel_symmetric)
    observer(weight)
    scales, zeros = observer.calculate_qparams()
    return weight, torch.quantize_per_channel(weight, scales.double(), zeros, 0, torch.qint8)


def state(weight, q): return dict(weight=flat(weight), values=q.int_repr().flatten().tolist(), scales=flat(q.q_per_channel_scales().float()))


def linear():
    weight, q = weight_of("linear", 6, 37)
    bias, x = drawn("bias", 6), drawn("rows", 5, 37) * torch.tensor([1.0, 5.0, 0.1, 30.0, 1.0]).reshape(5, 1)
    packed = torch.ops.quantized.linear_prepack(q, bias)
    dynamic = {str(reduce): flat(torch.cat([torch.ops.quantized.linear_dynamic(row.unsqueeze(0), packed, reduce) for row in x])) for reduce in (False, True)}
    scale, zero, out_scale, out_zero = 0.05, 120, 0.5, 128
    y = torch.ops.quantized.linear(torch.quantize_per_tensor(x, scale, zero, torch.quint8), packed, out_scale, out_zero)
    return dict(state(weight, q), bias=flat(bias), x=flat(x), dynamic=dynamic, scale=scale, zero=zero, out_scale=out_scale, out_zero=out_zero, static=y.int_repr().flatten().tolist())


def convolutions():
    cases = []
    for channels, outs, kernel, stride, padding in ((3, 5, 3, 1, 1), (8, 4, 1, 1, 0), (5, 17, 3, 2, 1), (4, 3, (2, 3), (1, 2), (0, 2))):
        kernels = (kernel, kernel) if isinstance(kernel, int) else kernel
        pair = lambda v: [v, v] if isinstance(v, int) else list(v)
        weight, q = weight_of(f"conv {channels} {outs} {kernels}", outs, channels, *kernels)
        bias, x = drawn(f"bias {outs}", outs), drawn(f"images {channels}", 2, channels, 7, 9)
        packed = torch.ops.quantized.conv2d_prepack(q, bias, pair(stride), pair(padding), [1, 1], 1)
        scale, zero, out_scale, out_zero = 0.03, 110, 2.0, 128
        y = torch.ops.quantized.conv2d(torch.quantize_per_tensor(x, scale, zero, torch.quint8), packed, out_scale, out_zero)
        cases.append(dict(state(weight, q), shape=list(weight.shape), bias=flat(bias), x=flat(x), stride=pair(stride), padding=pair(padding), scale=scale, zero=zero, out_scale=out_scale, out_zero=out_zero,
                          static=y.int_repr().flatten().tolist()))
    return cases


def generate():
    torch.backends.quantized.engine = "onednn"
    save_json("quantization", dict(observed=observed(), linear=linear(), convolutions=convolutions()))
