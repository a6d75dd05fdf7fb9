"""Creation, views, stacking and splitting beyond the family movement."""
import torch

from record import Family, integers, values


def generate():
    family = Family("layouts")
    diagonals(family)
    creation(family)
    views(family)
    stacks(family)
    splits(family)
    family.write()


def diagonals(family):
    x = values(3, 4, 5, key="diagonal")
    for offset, dim1, dim2 in ((0, 0, 1), (1, 0, 1), (-2, 0, 1), (1, 2, 0), (-1, -1, -3), (4, 1, 2), (5, 1, 2), (-7, 0, 2)):
        family.case("diagonal", torch.diagonal, x, offset=offset, dim1=dim1, dim2=dim2)
    for offset, dim1, dim2 in ((0, -2, -1), (1, -2, -1), (-2, 0, 2), (1, 2, 1), (-1, -1, 0)):
        family.case("diag_embed", torch.diag_embed, values(2, 3, key="embed"), offset=offset, dim1=dim1, dim2=dim2)
    for k in (-1, 0, 2):
        family.case("diag", torch.diag, values(3, key="diag"), diagonal=k)
        family.case("diag", torch.diag, values(3, 4, key="diag"), diagonal=k)
        family.case("diagflat", torch.diagflat, values(2, 2, key="diag"), offset=k)
    family.case("trace", torch.trace, values(3, 4, key="trace"))
    family.case("trace", torch.trace, integers(3, 3, key="trace"))


def creation(family):
    for start, end, steps, base in ((0, 2, 3, 10.0), (-1, 1, 5, 2.0), (3, 1, 4, 10.0), (1, 2, 1, 10.0), (0, 1, 0, 10.0)):
        family.case("logspace", lambda start, end, steps, base: torch.logspace(start, end, steps, base, dtype=torch.float64), start=start, end=end, steps=steps, base=base)
    for rows, columns, offset in ((3, 3, 0), (3, 4, 1), (4, 3, -1), (2, 3, -5), (3, 2, 5), (0, 3, 0)):
        family.case("tril_indices", torch.tril_indices, row=rows, col=columns, offset=offset)
        family.case("triu_indices", torch.triu_indices, row=rows, col=columns, offset=offset)
    for indexing in ("ij", "xy"):
        family.case("meshgrid", lambda *x, indexing: torch.meshgrid(*x, indexing=indexing), values(2, key=1), values(3, key=2), values(4, key=3), indexing=indexing)
        family.case("meshgrid", lambda *x, indexing: torch.meshgrid(*x, indexing=indexing), values(3, key=2), indexing=indexing)
    family.case("cartesian_prod", lambda *x: torch.cartesian_prod(*x), values(2, key=1), values(3, key=2), values(2, key=3))
    family.case("cartesian_prod", lambda *x: torch.cartesian_prod(*x), values(3, key=1))
    for r, replaced in ((1, False), (2, False), (3, False), (2, True), (3, True), (6, False)):
        family.case("combinations", torch.combinations, values(4, key="combinations"), r=r, with_replacement=replaced)
    for arguments in (dict(), dict(N=2), dict(N=5), dict(N=4, increasing=True), dict(N=0)):
        family.case("vander", torch.vander, values(3, low=0.5, high=2, key="vander"), grad=False, **arguments)
    family.case("vander", torch.vander, torch.tensor([0, 2, 3]))
    family.case("block_diag", lambda *x: torch.block_diag(*x), values(2, 3, key=1), values(2, key=2), values(1, 1, key=3), values(key=4))


def views(family):
    x = values(3, 4, key="views")
    for shape, strides, offset in (((2, 2), (1, 2), 0), ((3, 3), (1, 1), 1), ((2, 3, 2), (4, 1, 1), 2), ((5,), (0,), 3), ((), (), 7), ((0, 2), (1, 1), 0)):
        family.case("as_strided", torch.as_strided, x, size=shape, stride=strides, storage_offset=offset)
    for dim, size, step in ((0, 2, 1), (1, 3, 1), (1, 2, 2), (-1, 4, 3), (1, 1, 1), (0, 3, 5)):
        family.case("unfold", lambda x, dimension, size, step: x.unfold(dimension, size, step), x, dimension=dim, size=size, step=step)
    for k, dims in ((1, (0, 1)), (2, (0, 1)), (-1, (1, 2)), (5, (2, 0)), (4, (0, 1)), (1, (-1, 0))):
        family.case("rot90", torch.rot90, values(2, 3, 4, key="rot"), k=k, dims=dims)
    family.case("fliplr", torch.fliplr, x)
    family.case("flipud", torch.flipud, x)
    for sizes, dim in (((2, 2), 1), ((-1, 2), 1), ((3, 1), 0), ((1, -1, 3), -2)):
        family.case("unflatten", lambda x, dim, sizes: x.unflatten(dim, sizes), x, dim=dim, sizes=sizes)
    for dims in ((2,), (1, 2), (2, 1, 3), (0, 2)): family.case("tile", torch.tile, x, dims=dims)
    for repeats, dim in ((2, None), (3, 0), (0, 1), (2, -1)): family.case("repeat_interleave", torch.repeat_interleave, x, repeats=repeats, dim=dim)
    for counts, dim in (([1, 0, 2], 0), ([2, 1, 0, 3], 1), ([2], 0)):
        family.case("repeat_interleave", lambda x, counts, dim: torch.repeat_interleave(x, counts, dim), x, counts=torch.tensor(counts), dim=dim)
    for op in ("atleast_1d", "atleast_2d", "atleast_3d"):
        for shape in ((), (3,), (2, 3), (2, 3, 1), (1, 2, 1, 2)): family.case(op, getattr(torch, op), values(*shape, key=op))
    family.case("broadcast_tensors", lambda *x: torch.broadcast_tensors(*x), values(3, 1, key=1), values(2, 1, 4, key=2), values(key=3))


def stacks(family):
    for op in ("hstack", "vstack", "dstack", "column_stack"):
        compute = getattr(torch, op)
        for shapes in (((3,), (3,)), ((2, 3), (2, 3)), ((), ()), ((2, 3, 2), (2, 3, 2))):
            family.case(op, lambda *x: compute(x), *[values(*s, key=i) for i, s in enumerate(shapes)])
    family.case("hstack", lambda *x: torch.hstack(x), values(2, key=1), values(3, key=2))
    family.case("hstack", lambda *x: torch.hstack(x), values(2, 1, key=1), values(2, 3, key=2))
    family.case("vstack", lambda *x: torch.vstack(x), values(3, key=1), values(2, 3, key=2))
    family.case("column_stack", lambda *x: torch.column_stack(x), values(2, key=1), values(2, 3, key=2))


def splits(family):
    x = values(4, 6, 2, key="split")
    for dim in (0, 1, -1): family.case("unbind", torch.unbind, x, dim=dim)
    for sections, dim in ((3, 0), (4, 1), (1, 0), (5, 2)): family.case("tensor_split", lambda x, sections, dim: torch.tensor_split(x, sections, dim), x, sections=sections, dim=dim)
    for indices, dim in (((1, 3), 0), ((2, 2, 9), 1), ((-1,), 0), ((3, 1), 1)): family.case("tensor_split", lambda x, indices, dim: torch.tensor_split(x, indices, dim), x, indices=indices, dim=dim)
    for op, sections, indices in (("hsplit", 3, (1, 4)), ("vsplit", 2, (1,)), ("dsplit", 2, (1,))):
        compute = getattr(torch, op)
        family.case(op, lambda x, sections: compute(x, sections), x, sections=sections)
        family.case(op, lambda x, indices: compute(x, indices), x, indices=indices)
    family.case("hsplit", lambda x, sections: torch.hsplit(x, sections), values(6, key="vector"), sections=2)
