"""Linear algebra. Where signs or an order are arbitrary, what is recorded does not depend on them."""
import torch
from torch import linalg

from record import Family, values

SQUARE = [(1, 1), (4, 4), (2, 3, 3), (0, 0), (2, 0, 3, 3)]
ORDERS = [1.0, -1.0, 2.0, -2.0, float("inf"), -float("inf")]


def dominant(*shape, key):
    """Matrices that are far from singular."""
    return values(*shape, key=key) + 4 * torch.eye(shape[-2], shape[-1], dtype=torch.float64)


def positive(*shape, key):
    x = values(*shape, low=-1, high=1, key=key)
    return x @ x.mT + torch.eye(shape[-1], dtype=torch.float64)


def symmetric(*shape, key):
    x = values(*shape, key=key)
    return x + x.mT


def triangle(l, upper):
    """PyTorch gives what it has not read a gradient, unless it is told."""
    return l.triu() if upper else l.tril()


def columns(v, weights):
    return (v.abs() ** 2 * weights.unsqueeze(-2)).sum(-1)


def eig(a):
    w, v = linalg.eig(a)
    return columns(v, w.abs()), (v @ torch.diag_embed(1 / (w + 10)) @ linalg.inv(v)).real


def complex_eig(a):
    """Of pairs of real and imaginary parts. What has a gradient depends on neither order nor phase."""
    w, v = linalg.eig(torch.view_as_complex(a))
    f = v @ torch.diag_embed(1 / (w + 10)) @ linalg.inv(v)
    return columns(v, w.abs()), torch.view_as_real(f)


def sorted_eig(a):
    """Eigenvalues by their real parts, and vectors with the length and the phase that LAPACK gives them."""
    w, v = linalg.eig(torch.view_as_complex(a))
    order = w.real.argsort(-1)
    return torch.view_as_real(w.gather(-1, order)), torch.view_as_real(v.gather(-1, order.unsqueeze(-2).expand_as(v)))


def svd(a, full_matrices):
    u, s, vh = linalg.svd(a, full_matrices=full_matrices)
    k = s.shape[-1]
    return s, columns(u[..., :k], s), columns(vh.mT[..., :k], s * s), u[..., :k] @ vh[..., :k, :]


def generate():
    family = Family("linalg")
    squares(family)
    factors(family)
    decompositions(family)
    norms(family)
    products(family)
    family.write()


def squares(family):
    for shape in SQUARE:
        a = dominant(*shape, key="a")
        for op in ("inv", "det", "slogdet"): family.case(op, getattr(linalg, op), a)
        family.case("matrix_exp", torch.matrix_exp, values(*shape, key="exp"))
        family.case("logdet", torch.logdet, a @ a.mT)
    family.case("det", linalg.det, torch.tensor([[2.0, 1], [4, 2]], dtype=torch.float64), label="singular", grad=False)
    family.case("slogdet", linalg.slogdet, torch.zeros(2, 2, dtype=torch.float64), label="singular", grad=False)
    family.case("logdet", torch.logdet, torch.tensor([[0.0, 1], [1, 0]], dtype=torch.float64), label="negative", grad=False)
    family.case("matrix_exp", torch.matrix_exp, values(3, 3, low=-9, high=9, key="large"), label="large")
    for a, b in (((3, 3), (3, 2)), ((3, 3), (3,)), ((2, 3, 3), (3, 2)), ((2, 3, 3), (2, 3)), ((2, 1, 3, 3), (4, 3, 2)), ((0, 0), (0, 2)), ((3, 3), (3, 0))):
        family.case("solve", linalg.solve, dominant(*a, key="a"), values(*b, key="b"))
    family.case("solve", linalg.solve, dominant(3, 3, key="a"), values(2, 3, key="b"), left=False)
    for n in (-2, -1, 0, 1, 2, 5): family.case("matrix_power", linalg.matrix_power, dominant(2, 3, 3, key="power"), n=n, grad=n != 0)
    for upper in (False, True):
        for left in (False, True):
            for unitriangular in (False, True):
                b = values(2, 3, 4, key="b") if left else values(2, 4, 3, key="b")
                family.case("solve_triangular", linalg.solve_triangular, dominant(3, 3, key="t"), b, upper=upper, left=left, unitriangular=unitriangular)


def factors(family):
    for shape in SQUARE:
        for upper in (False, True): family.case("cholesky", linalg.cholesky, positive(*shape, key="c"), upper=upper)
    for upper in (False, True):
        l = dominant(3, 3, key="l").tril()
        if upper: l = l.mT.contiguous()
        family.case("cholesky_inverse", lambda l, upper: torch.cholesky_inverse(triangle(l, upper), upper=upper), l, upper=upper)
        family.case("cholesky_solve", lambda b, l, upper: torch.cholesky_solve(b, triangle(l, upper), upper=upper), values(2, 3, 2, key="b"), l.expand(2, 3, 3).contiguous(), upper=upper)
    for shape in ((4, 4), (5, 3), (3, 5), (2, 3, 3), (0, 3)):
        family.case("lu", linalg.lu, dominant(*shape, key="lu"))
        family.case("lu_factor", linalg.lu_factor, values(*shape, key="lu"))
    for left in (True, False):
        for adjoint in (True, False):
            family.case("lu_solve", lambda a, b, left, adjoint: linalg.lu_solve(*linalg.lu_factor(a), b, left=left, adjoint=adjoint), values(2, 3, 3, key="lus"),
                        values(2, 3, 3, key="b"), left=left, adjoint=adjoint)
    for shape in SQUARE + [(7, 7)]:
        family.case("ldl_factor", linalg.ldl_factor, symmetric(*shape, key="ldl"), grad=False)
        family.case("ldl_solve", lambda b, a: linalg.ldl_solve(*linalg.ldl_factor(a), b), values(*shape[:-1], 2, key="b"), symmetric(*shape, key="ldl"), grad=False)
    family.case("ldl_factor", linalg.ldl_factor, torch.tensor([[0.0, 1, 2, 3], [1, 0, 1, 2], [2, 1, 0, 1], [3, 2, 1, 0]], dtype=torch.float64), label="zeros on the diagonal", grad=False)
    for shape in ((4, 4), (5, 3), (3, 5), (2, 4, 3), (0, 3), (3, 0)):
        family.case("qr", linalg.qr, dominant(*shape, key="qr"), mode="reduced")
        family.case("qr", linalg.qr, dominant(*shape, key="qr"), mode="complete", grad=shape[-2] <= shape[-1])
        family.case("qr", lambda a, mode: linalg.qr(a, mode=mode)[1], dominant(*shape, key="qr"), mode="r", grad=False)
    for shape in ((4, 4), (2, 5, 3), (3, 5)): family.case("geqrf", torch.geqrf, dominant(*shape, key="qr"), grad=False)
    for left in (True, False):
        for transpose in (True, False):
            family.case("ormqr", lambda a, tau, other, left, transpose: torch.ormqr(a, tau, other, left=left, transpose=transpose), *torch.geqrf(dominant(4, 3, key="qr").float().double()),
                        values(4, 4, key="other"), left=left, transpose=transpose, grad=False)
    family.case("householder_product", linalg.householder_product, values(2, 5, 3, key="h"), values(2, 2, low=0.5, high=1.5, key="tau"))


def decompositions(family):
    for shape in ((1, 1), (4, 4), (2, 5, 5)):
        for upper in (False, True):
            side = "U" if upper else "L"
            family.case("eigvalsh", lambda a, upper: linalg.eigvalsh(a, "U" if upper else "L"), values(*shape, key="s"), upper=upper, grad=False)
        family.case("eigh", lambda a: (linalg.eigh(a + a.mT)[0], columns(linalg.eigh(a + a.mT)[1], torch.arange(a.shape[-1], dtype=a.dtype))), values(*shape, key="s"))
        family.case("eigvals", lambda a: (linalg.eigvals(a) ** 3).sum(-1).real, values(*shape, key="e"))
        family.case("eig", eig, values(*shape, key="e"))
        family.case("eig complex", complex_eig, values(*shape, 2, key="z"))
        family.case("eig complex, sorted", sorted_eig, values(*shape, 2, key="z"), grad=False)
        family.case("eigvals complex", lambda a: torch.view_as_real((linalg.eigvals(torch.view_as_complex(a)) ** 3).sum(-1)), values(*shape, 2, key="z"))
    for shape in ((1, 1), (4, 4), (5, 3), (3, 5), (2, 3, 4)):
        family.case("svd", svd, values(*shape, key="svd"), full_matrices=False)
        family.case("svd", svd, values(*shape, key="svd"), full_matrices=True)
        family.case("svdvals", linalg.svdvals, values(*shape, key="svd"))
        family.case("pinv", linalg.pinv, values(*shape, key="pinv"))
        family.case("matrix_rank", linalg.matrix_rank, values(*shape, key="rank"), grad=False)
        family.case("lstsq", lambda a, b: linalg.lstsq(a, b)[0], values(*shape, key="ls"), values(*shape[:-1], 2, key="b"))
    flat = values(4, 2, key="u") @ values(2, 3, key="v")
    family.case("pinv", linalg.pinv, flat, label="of rank 2", grad=False)
    family.case("matrix_rank", linalg.matrix_rank, flat, label="of rank 2", grad=False)
    family.case("pinv", lambda a, hermitian: linalg.pinv(a, hermitian=hermitian), symmetric(3, 3, key="h"), hermitian=True, grad=False)
    family.case("matrix_rank", lambda a, atol: linalg.matrix_rank(a, atol=atol), torch.diag(torch.tensor([3.0, 2, 0.5, 0], dtype=torch.float64)), atol=1.0, grad=False)
    for order in ORDERS: family.case("cond", lambda a, order: linalg.cond(a, order), dominant(2, 3, 3, key="cond"), order=order, grad=abs(order) == 2)   # 1.13 loses the others' gradient


def norms(family):
    for order in ORDERS + ["fro", "nuc"]:
        for keepdim in (False, True): family.case("matrix_norm", lambda a, order, keepdim: linalg.matrix_norm(a, order, keepdim=keepdim), values(2, 3, 4, key="n"), order=order, keepdim=keepdim)
        family.case("matrix_norm", lambda a, order, dim: linalg.matrix_norm(a, order, dim=dim), values(2, 3, 4, key="n"), order=order, dim=[2, 0])
    for order in (0.0, 0.5, 1.0, 2.0, 3.0, float("inf"), -float("inf"), -1.0):
        family.case("vector_norm", lambda a, order: linalg.vector_norm(a, order), values(2, 3, key="v") + 3, order=order, grad=order != 0)
        family.case("vector_norm", lambda a, order, dim, keepdim: linalg.vector_norm(a, order, dim=dim, keepdim=keepdim), values(2, 3, 4, key="v") + 3, order=order, dim=[0, 2], keepdim=True, grad=order != 0)
    family.case("norm", lambda a: linalg.norm(a), values(2, 3, 4, key="n"))
    family.case("norm", lambda a, order: linalg.norm(a, order), values(3, 4, key="n"), order=1.0)
    family.case("norm", lambda a, order, dim: linalg.norm(a, order, dim=dim), values(2, 3, 4, key="n"), order=3.0, dim=[1])


def products(family):
    for shapes in (((2, 3), (3, 4)), ((2, 3), (3, 4), (4, 5)), ((3,), (3, 4), (4, 2), (2,)), ((5, 1), (1, 5), (5, 2), (2, 3))):
        family.case("multi_dot", lambda *x: linalg.multi_dot(x), *[values(*s, key=i) for i, s in enumerate(shapes)])
    family.case("vecdot", linalg.vecdot, values(2, 3, key="a"), values(3, key="b"))
    family.case("vecdot", lambda a, b, dim: linalg.vecdot(a, b, dim=dim), values(2, 3, key="a"), values(2, 3, key="b"), dim=0)
    family.case("tensorsolve", linalg.tensorsolve, dominant(6, 6, key="ts").reshape(2, 3, 6), values(2, 3, key="b"))
    family.case("tensorsolve", lambda a, b, dims: linalg.tensorsolve(a, b, dims=dims), dominant(6, 6, key="ts").reshape(6, 2, 3).permute(1, 0, 2).contiguous(), values(6, key="b"), dims=[0])
    family.case("tensorinv", linalg.tensorinv, dominant(6, 6, key="ti").reshape(2, 3, 6), ind=2)
