"""Sums of products, distances, covariances, slopes."""
import torch

from record import Family, integers, values

EQUATIONS = [("ij,jk->ik", (2, 3), (3, 4)), ("ij,jk", (2, 3), (3, 4)), ("bij,bjk->bik", (2, 2, 3), (2, 3, 2)), ("ii->i", (3, 3)), ("ii", (3, 3)), ("ij->ji", (2, 3)), ("ij->", (2, 3)), ("i,j->ij", (2,), (3,)),
             ("i,i", (3,), (3,)), ("ba", (2, 3)), ("...ij,...jk->...ik", (2, 1, 2, 3), (4, 3, 2)), ("...i,...i", (2, 3), (2, 3)), ("...ii->...i", (2, 3, 3)), ("ij,ij->i", (2, 3), (2, 3)), ("ijk,jil->kl", (2, 3, 4), (3, 2, 2)),
             ("ab,bc,cd->ad", (2, 3), (3, 2), (2, 4)), ("abc,cd,bd,e->aed", (2, 2, 3), (3, 2), (2, 2), (2,)), ("ij,kl,jm->ikm", (2, 2), (3, 2), (2, 3)), ("iij,j->ij", (2, 2, 3), (3,)), ("ij,jk->ik", (2, 1), (3, 4)),
             ("i j , j k -> i k", (2, 3), (3, 2)), ("...,i->...i", (2, 3), (2,)), (",i->i", (), (3,)), ("aab,bcc->ac", (2, 2, 3), (3, 2, 2)), ("ij,jk->ik", (2, 0), (0, 3)), ("B...a,a->...B", (2, 3, 2), (2,))]


def generate():
    family = Family("products")
    for equation, *shapes in EQUATIONS:
        family.case("einsum", lambda *x, equation: torch.einsum(equation, *x), *[values(*s, key=("einsum", i)) for i, s in enumerate(shapes)], equation=equation)
    family.case("einsum", lambda *x, equation: torch.einsum(equation, *x), integers(2, 3), integers(3, 2), equation="ij,jk->ik")
    a, b = values(2, 3, 4, key="a"), values(4, 3, 2, key="b")
    for dims in (0, 1): family.case("tensordot", lambda a, b, dims: torch.tensordot(a, b, dims), a, b, dims=dims)
    for dims in (((2, 1), (0, 1)), ((0,), (2,)), ((-1, 0, 1), (0, -1, 1))): family.case("tensordot", lambda a, b, dims: torch.tensordot(a, b, dims), a, b, dims=dims)
    family.case("outer", torch.outer, values(3, key=1), values(2, key=2))
    family.case("inner", torch.inner, values(2, 3, key=1), values(4, 3, key=2))
    family.case("inner", torch.inner, values(3, key=1), values(3, key=2))
    family.case("inner", torch.inner, values(2, 3, key=1), values(key=2))
    for arguments in (dict(), dict(beta=0.5, alpha=2.0), dict(beta=0.0, alpha=1.0)):
        family.case("addmm", torch.addmm, values(2, 4, key="x"), values(2, 3, key="a"), values(3, 4, key="b"), **arguments)
        family.case("addmm", torch.addmm, values(4, key="x"), values(2, 3, key="a"), values(3, 4, key="b"), **arguments)
        family.case("addmv", torch.addmv, values(2, key="x"), values(2, 3, key="a"), values(3, key="b"), **arguments)
        family.case("addr", torch.addr, values(2, 3, key="x"), values(2, key="a"), values(3, key="b"), **arguments)
        family.case("addbmm", torch.addbmm, values(2, 4, key="x"), values(5, 2, 3, key="a"), values(5, 3, 4, key="b"), **arguments)
        family.case("baddbmm", torch.baddbmm, values(5, 2, 4, key="x"), values(5, 2, 3, key="a"), values(5, 3, 4, key="b"), **arguments)
    family.case("addmm", torch.addmm, torch.full((2, 2), float("nan"), dtype=torch.float64), values(2, 3, key="a"), values(3, 2, key="b"), beta=0, label="nothing of it", grad=False)
    family.case("addmm", torch.addmm, integers(2, 2, key="x"), integers(2, 3, key="a"), integers(3, 2, key="b"), beta=2, alpha=3)
    for shapes in (((2, 3), (3, 4), (4, 2), (2, 5)), ((3,), (3, 4), (4,)), ((2, 3), (3,)), ((7, 1), (1, 6), (6, 2))):
        family.case("multi_dot", lambda *x: torch.linalg.multi_dot(x), *[values(*s, key=i) for i, s in enumerate(shapes)])
    for s, t in (((2, 2), (3, 1)), ((2,), (2, 3)), ((2, 1, 2), (3, 2)), ((), (2,))): family.case("kron", torch.kron, values(*s, key=1), values(*t, key=2))
    family.case("cross", torch.linalg.cross, values(2, 3, key=1), values(2, 3, key=2))
    family.case("cross", torch.linalg.cross, values(3, 2, key=1), values(3, 1, key=2), dim=0)
    distances(family)
    covariances(family)
    family.write()


def distances(family):
    inf = float("inf")
    for p in (0.5, 1.0, 2.0, 3.0, inf):
        family.case("cdist", torch.cdist, values(4, 3, key=1), values(2, 3, key=2), p=p)
        family.case("pdist", torch.pdist, values(4, 3, key=1), p=p)
    family.case("cdist", torch.cdist, values(2, 1, 3, 2, key=1), values(3, 4, 2, key=2))
    family.case("cdist", torch.cdist, values(30, 2, key=1), values(3, 2, key=2))
    family.case("cdist", torch.cdist, values(3, 2, key=1), values(3, 2, key=1), label="itself")


def covariances(family):
    x = values(3, 6, key="cov")
    f, a = torch.tensor([1, 2, 1, 3, 1, 1]), values(6, low=0.25, high=2, key="a")
    for arguments in (dict(), dict(correction=0), dict(fweights=f), dict(aweights=a), dict(fweights=f, aweights=a), dict(aweights=a, correction=0)):
        family.case("cov", torch.cov, x, grad="aweights" not in arguments, **arguments)
    family.case("cov", torch.cov, x[0])
    family.case("cov", torch.cov, integers(2, 4), grad=False)
    family.case("corrcoef", torch.corrcoef, x)
    family.case("corrcoef", torch.corrcoef, x[0], grad=False)
    y = values(4, 5, key="slope")
    for order in (1, 2):
        family.case("gradient", lambda y, edge_order: torch.gradient(y, edge_order=edge_order), y, edge_order=order)
        family.case("gradient", lambda y, spacing, dim, edge_order: torch.gradient(y, spacing=spacing, dim=dim, edge_order=edge_order), y, spacing=0.5, dim=1, edge_order=order)
        family.case("gradient", lambda y, spacing, dim, edge_order: torch.gradient(y, spacing=spacing, dim=dim, edge_order=edge_order), y, spacing=(0.5, 2.0), dim=(1, 0), edge_order=order)
        family.case("gradient", lambda y, a, b, edge_order: torch.gradient(y, spacing=(a, b), edge_order=edge_order), y, a=torch.tensor([0.0, 1, 3, 4], dtype=torch.float64), b=torch.tensor([0.0, 0.5, 2, 3, 5], dtype=torch.float64), constant=("a", "b"), edge_order=order)
    family.case("gradient", lambda y, edge_order: torch.gradient(y, edge_order=edge_order), values(2, key="two"), edge_order=1)
