"""Tables of which few rows are used, softmax over rare classes, integers in place of fractions, and sparse matrices. Small enough for one JSON file."""
import torch
from torch import nn, optim

from record import save_json, seeded


def flat(x): return [float(v) for v in x.detach().double().flatten()]


def drawn(key, *shape): return torch.randn(shape, generator=seeded(key), dtype=torch.float64)


def sparse_adam():
    table = nn.Parameter(drawn("table", 5, 2))
    start, steps = flat(table), []
    optimizer = optim.SparseAdam([table], lr=0.1, betas=(0.8, 0.9), eps=1e-3)
    for rows in ([0, 3], [3], [1, 1, 4], [0, 4]):
        gradients = drawn(f"gradients {rows}", len(rows), 2)
        table.grad = torch.sparse_coo_tensor(torch.tensor([rows]), gradients, table.shape)
        optimizer.step()
        steps.append(dict(gradient=flat(table.grad.to_dense()), table=flat(table)))
    return dict(start=start, steps=steps)


def adaptive():
    cases = []
    for head_bias in (False, True):
        module = nn.AdaptiveLogSoftmaxWithLoss(6, 12, cutoffs=[4, 8], div_value=2.0, head_bias=head_bias).double()
        for i, p in enumerate(module.parameters()): p.data = drawn(f"adaptive {head_bias} {i}", *p.shape) / 2
        x, target = drawn(f"x {head_bias}", 7, 6).requires_grad_(), torch.tensor([0, 11, 5, 3, 7, 8, 4])
        output, loss = module(x, target)
        loss.backward()
        cases.append(dict(head_bias=head_bias, state={k: dict(shape=list(v.shape), values=flat(v)) for k, v in module.state_dict().items()}, x=flat(x), target=target.tolist(), output=flat(output), loss=loss.item(),
                          log_prob=flat(module.log_prob(x)), predict=module.predict(x).tolist(), gradient=flat(x.grad), head_gradient=flat(module.head.weight.grad)))
    return cases


def quantized():
    x = torch.cat([torch.linspace(-3, 3, 25), torch.tensor([0.05, 0.15, 0.25, 0.35, -0.05, 100.0, -100.0])]).reshape(4, 8)
    cases = []
    for dtype in (torch.qint8, torch.quint8, torch.qint32):
        for scale, zero in ((0.1, 10), (0.05, 0), (0.25, 3)):
            q = torch.quantize_per_tensor(x, scale, zero, dtype)
            cases.append(dict(dtype=str(dtype).removeprefix("torch.q"), scale=[scale], zero=[zero], axis=None, values=q.int_repr().flatten().tolist(), back=flat(q.dequantize())))
        for axis, count in ((0, 4), (1, 8)):
            scales, zeros = [0.05 * (i + 1) for i in range(count)], [i for i in range(count)]
            q = torch.quantize_per_channel(x, torch.tensor(scales), torch.tensor(zeros), axis, dtype)
            cases.append(dict(dtype=str(dtype).removeprefix("torch.q"), scale=scales, zero=zeros, axis=axis, values=q.int_repr().flatten().tolist(), back=flat(q.dequantize())))
    return dict(x=flat(x), cases=cases)


def coo():
    indices, values, dense = torch.tensor([[0, 2, 2, 0], [1, 0, 3, 1]]), drawn("values", 4).requires_grad_(), drawn("dense", 4, 3).requires_grad_()
    a = torch.sparse_coo_tensor(indices, values, (3, 4))
    y = torch.sparse.mm(a, dense)
    (y * drawn("weights", 3, 3)).sum().backward()
    c = a.detach().coalesce()
    return dict(indices=indices.tolist(), values=flat(values), dense=flat(dense), weights=flat(drawn("weights", 3, 3)), to_dense=flat(a.to_dense()), product=flat(y), of_values=flat(values.grad), of_dense=flat(dense.grad),
                coalesced=dict(indices=c.indices().tolist(), values=flat(c.values())))


def generate(): save_json("sparse", dict(sparse_adam=sparse_adam(), adaptive=adaptive(), quantized=quantized(), coo=coo()))
