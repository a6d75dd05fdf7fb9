"""Shapes, joining, splitting, indexing, sorting."""
import torch
import torch.nn.functional as F

from record import Family, distinct, integers, values


def generate():
    family = Family("movement")
    shapes(family)
    joins(family)
    picks(family)
    orders(family)
    family.write()


def shapes(family):
    x = values(2, 3, 4, key="shape")
    family.case("reshape", torch.reshape, x, shape=(4, -1))
    family.case("flatten", torch.flatten, x, start_dim=1)
    family.case("flatten", torch.flatten, x, start_dim=0, end_dim=1)
    family.case("permute", torch.permute, x, dims=(2, 0, 1))
    family.case("transpose", torch.transpose, x, dim0=0, dim1=-1)
    family.case("squeeze", torch.squeeze, values(1, 3, 1, key="shape"))
    family.case("squeeze", torch.squeeze, values(1, 3, 1, key="shape"), dim=0)
    family.case("squeeze", torch.squeeze, values(1, 3, 1, key="shape"), dim=1)
    family.case("unsqueeze", torch.unsqueeze, x, dim=1)
    family.case("unsqueeze", torch.unsqueeze, x, dim=-1)
    family.case("expand", lambda x, size: x.expand(*size), values(3, 1, key="shape"), size=(2, -1, 4))
    family.case("repeat", lambda x, repeats: x.repeat(*repeats), values(2, 3, key="shape"), repeats=(2, 1, 2))
    family.case("repeat_interleave", torch.repeat_interleave, values(2, 3, key="shape"), repeats=2, dim=1)
    family.case("flip", torch.flip, x, dims=(0, 2))
    family.case("roll", torch.roll, x, shifts=(1, -2), dims=(0, 2))
    family.case("narrow", torch.narrow, x, dim=2, start=1, length=2)
    family.case("select", lambda x, dim, index: x.select(dim, index), x, dim=1, index=-1)
    family.case("slice", lambda x, dim, start, stop, step: x[(slice(None),) * dim + (slice(start, stop, step),)], x, dim=2, start=1, stop=4, step=2)
    family.case("unfold", lambda x, dimension, size, step: x.unfold(dimension, size, step), values(2, 7, key="shape"), dimension=1, size=3, step=2)
    family.case("diagonal", torch.diagonal, x, dim1=1, dim2=2, offset=1)
    family.case("diag", torch.diag, values(3, key="shape"))
    for k in (-1, 0, 1):
        family.case("tril", torch.tril, values(3, 4, key="tri"), diagonal=k)
        family.case("triu", torch.triu, values(3, 4, key="tri"), diagonal=k)
    for mode, pad in (("constant", (1, 2)), ("constant", (1, 0, 2, 1)), ("constant", (-1, 1)), ("reflect", (2, 1)), ("replicate", (2, 1)), ("circular", (2, 1)), ("reflect", (1, 1, 2, 0)), ("replicate", (1, 1, 2, 0))):
        extra = dict(value=0.5) if mode == "constant" else {}
        family.case("pad", F.pad, values(*((1, 2, 4) if len(pad) == 2 else (1, 2, 3, 4)), key="pad"), pad=pad, mode=mode, **extra)
    family.case("meshgrid", lambda *x, indexing: torch.meshgrid(*x, indexing=indexing), values(2, key="mesh"), values(3, key="mesh"), indexing="ij")
    family.case("pixel_shuffle", F.pixel_shuffle, values(1, 8, 2, 3, key="pixels"), upscale_factor=2)


def joins(family):
    for dim in (0, 1, -1):
        family.case("stack", lambda *x, dim: torch.stack(x, dim), *[values(2, 3, key=i) for i in range(3)], dim=dim)
    family.case("cat", lambda *x, dim: torch.cat(x, dim), values(2, 3, key=0), values(1, 3, key=1), values(0, 3, key=2), dim=0)
    family.case("cat", lambda *x, dim: torch.cat(x, dim), values(2, 3, 1, key=0), values(2, 1, 1, key=1), dim=1)
    family.case("cat", lambda *x, dim: torch.cat(x, dim), values(2, 1, key=0), values(2, 3, key=1), dim=-1)
    x = values(5, 3, key="split")
    family.case("split", torch.split, x, split_size_or_sections=2, dim=0)
    family.case("split", torch.split, x, split_size_or_sections=[1, 4], dim=0)
    family.case("split", torch.split, x, split_size_or_sections=2, dim=1)
    for chunks, dim in ((2, 0), (4, 0), (3, 1)): family.case("chunk", torch.chunk, x, chunks=chunks, dim=dim)
    family.case("unbind", torch.unbind, values(3, 2, key="unbind"), dim=0)


def picks(family):
    x, i = values(4, 5, key="pick"), torch.tensor([3, 0, 3])
    for dim in (0, 1): family.case("index_select", torch.index_select, x, dim=dim, index=i)
    family.case("gather", torch.gather, x, dim=1, index=integers(4, 2, high=5))
    family.case("gather", torch.gather, x, dim=0, index=integers(3, 5, high=4))
    family.case("take_along_dim", torch.take_along_dim, x, indices=integers(4, 2, high=5), dim=1)
    family.case("take_along_dim", torch.take_along_dim, x, indices=integers(1, 5, high=4, key="b"), dim=0, label="broadcast")
    unique = torch.tensor([[0, 2], [4, 1], [3, 0]])
    family.case("scatter", lambda x, src, dim, index: x.scatter(dim, index, src), x, values(3, 2, key="src"), dim=1, index=unique)
    family.case("scatter", lambda x, dim, index, value: x.scatter(dim, index, value), x, dim=1, index=unique, value=7.0)
    family.case("scatter_add", lambda x, src, dim, index: x.scatter_add(dim, index, src), x, values(3, 2, key="src"), dim=0, index=torch.tensor([[0, 3], [0, 3], [2, 3]]))
    family.case("index_add", lambda x, source, dim, index: x.index_add(dim, index, source), x, values(3, 5, key="src"), dim=0, index=i)
    family.case("masked_fill", torch.masked_fill, x, mask=x > 0.5, value=-1.0)
    family.case("masked_fill", torch.masked_fill, x, mask=torch.tensor([True, False, True, False, False]), value=-1.0, label="broadcast")
    family.case("masked_select", torch.masked_select, x, mask=x > 0.5)
    family.case("index", lambda x, index: x[index], x, index=i)
    family.case("index", lambda x, index: x[index], x, index=torch.tensor([[0, -1], [2, 0]]), label="2-d")
    family.case("index", lambda x, rows, columns: x[rows, columns], x, rows=i, columns=torch.tensor([1, 4, 1]), label="pairs")
    family.case("index", lambda x, columns: x[:, columns], x, columns=torch.tensor([1, 4]), label="columns")
    family.case("index", lambda x, mask: x[mask], x, mask=torch.tensor([True, False, False, True]), label="rows by mask")
    family.case("nonzero", torch.nonzero, torch.tensor([[0, 1, 0], [2, 0, 3]]))
    family.case("one_hot", F.one_hot, torch.tensor([0, 2, 1]), num_classes=4)
    family.case("embedding", lambda index, weight, **a: F.embedding(index, weight, **a), torch.tensor([[1, 2], [1, 0]]), weight=values(4, 3, key="w"))
    family.case("embedding", lambda index, weight, **a: F.embedding(index, weight, **a), torch.tensor([[1, 2], [1, 0]]), weight=values(4, 3, key="w"), padding_idx=1)
    family.case("bincount", torch.bincount, torch.tensor([0, 1, 1, 3]), minlength=6)


def orders(family):
    x = distinct(3, 5, key="order")
    for dim in (0, 1):
        for descending in (False, True):
            family.case("sort", torch.sort, x, dim=dim, descending=descending)
            family.case("argsort", torch.argsort, x, dim=dim, descending=descending)
        for k, largest in ((1, True), (2, True), (2, False), (3, False)): family.case("topk", torch.topk, x, k=k, dim=dim, largest=largest)
    family.case("sort", torch.sort, torch.tensor([2.0, 1, 2, 1, 2], dtype=torch.float64), label="stable", stable=True, dim=0)
    family.case("sort", torch.sort, torch.tensor([1.0, float("nan"), -float("inf"), float("inf"), -0.0, 0.0], dtype=torch.float64), label="special", stable=True, dim=0)
    family.case("sort", torch.sort, torch.tensor([3, 1, 2]), dim=0)
    family.case("unique", lambda x: torch.unique(x, return_inverse=True, return_counts=True), torch.tensor([3, 1, 3, 2, 1]))
    family.case("searchsorted", lambda x, values, right: torch.searchsorted(x, values, right=right), torch.tensor([1.0, 2, 2, 4], dtype=torch.float64), values=torch.tensor([0.0, 2, 3, 5], dtype=torch.float64), right=False, grad=False)
    family.case("searchsorted", lambda x, values, right: torch.searchsorted(x, values, right=right), torch.tensor([1.0, 2, 2, 4], dtype=torch.float64), values=torch.tensor([0.0, 2, 3, 5], dtype=torch.float64), right=True, grad=False)
