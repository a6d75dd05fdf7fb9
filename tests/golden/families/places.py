"""Taking, putting and reducing at places that an index names."""
import torch

from record import Family, distinct, integers, values

REDUCTIONS = ("sum", "prod", "mean", "amax", "amin")


def generate():
    family = Family("places")
    x, i = values(4, 5, key="places"), torch.tensor([[3, -1], [0, 18]])
    family.case("take", torch.take, x, index=i)
    for accumulate in (False, True):
        family.case("put", lambda x, v, index, accumulate: x.put(index, v, accumulate), x, values(2, 2, key="v"), index=i, accumulate=accumulate)
        family.case("index_put", lambda x, v, rows, columns, accumulate: x.index_put((rows, columns), v, accumulate), x, values(2, 2, key="v"), rows=torch.tensor([[3, -1], [0, 1]]), columns=torch.tensor([2, -2]), accumulate=accumulate)
        family.case("index_put", lambda x, v, rows, accumulate: x.index_put((rows,), v, accumulate), x, values(5, key="v"), rows=torch.tensor([2, 0]), accumulate=accumulate)
    family.case("put", lambda x, v, index, accumulate: x.put(index, v, accumulate), x, values(3, key="v"), index=torch.tensor([2, 7, 2]), accumulate=True, label="again")
    for mask in (x > 0.3, torch.tensor([True, False, True, False, True])):
        family.case("masked_scatter", lambda x, s, mask: x.masked_scatter(mask, s), x, values(5, 5, key="s"), mask=mask)
    reduce(family)
    family.write()


def reduce(family):
    index = torch.tensor([[0, 2, 0], [4, 4, 4], [1, 0, 1]])
    x, source = distinct(4, 5, key="reduce") / 4, distinct(3, 3, key="source") / 4
    zeros, zero_source = torch.tensor([0.0, 2, 3, 0], dtype=torch.float64), torch.tensor([0.0, 2, 0, 0, 5, 3], dtype=torch.float64)
    ties, tie_source = torch.tensor([2.0, 1, 3, 0], dtype=torch.float64), torch.tensor([2.0, 2, 1, 1, 5, 5], dtype=torch.float64)
    at = torch.tensor([0, 0, 1, 2, 3, 3])
    compute = lambda x, s, dim, index, reduce, include_self: x.scatter_reduce(dim, index, s, reduce, include_self=include_self)
    for op in REDUCTIONS:
        for include in (True, False):
            arguments = dict(reduce=op, include_self=include)
            for dim in (1, 0): family.case("scatter_reduce", compute, x, source, dim=dim, index=index if dim == 1 else index % 4, **arguments)
            family.case("scatter_reduce", compute, zeros, zero_source, dim=0, index=at, label="zeros", **arguments)
            family.case("scatter_reduce", compute, ties, tie_source, dim=0, index=at, label="ties", **arguments)
            family.case("scatter_reduce", compute, integers(5, key="whole"), integers(6, key="s"), dim=0, index=at, **arguments)
    special = torch.tensor([1.0, float("nan"), 2, float("inf")], dtype=torch.float64)
    for op in ("amax", "amin"): family.case("scatter_reduce", compute, special, torch.tensor([float("nan"), 1, 3, -float("inf"), 0, 0], dtype=torch.float64), dim=0, index=at, label="special", grad=False, reduce=op, include_self=True)
