"""Products of matrices."""
import torch
import torch.nn.functional as F

from record import Family, values

SHAPES = [((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 4)), ((2, 3), (3, 4)), ((1, 3), (3, 1)), ((5, 2, 3), (5, 3, 4)), ((5, 2, 3), (3, 4)), ((2, 3), (5, 3, 4)),
          ((2, 1, 2, 3), (4, 3, 2)), ((3,), (2, 3, 4)), ((2, 2, 3), (3,)), ((2, 0), (0, 3)), ((0, 3), (3, 2)), ((2, 3), (3, 0)), ((0, 2, 3), (0, 3, 4)), ((17, 19), (19, 23))]


def generate():
    family = Family("matmul")
    for a, b in SHAPES: family.case("matmul", torch.matmul, values(*a, key="a"), values(*b, key="b"))
    family.case("matmul", lambda a, b: a.T @ b, values(3, 2, key="a"), values(3, 4, key="b"), label="first transposed")
    family.case("matmul", lambda a, b: a @ b.T, values(2, 3, key="a"), values(4, 3, key="b"), label="second transposed")
    family.case("matmul", torch.matmul, torch.tensor([[1, 2], [3, 4]]), torch.tensor([[5, 6], [7, 8]]))
    family.case("dot", torch.dot, values(5, key="a"), values(5, key="b"))
    family.case("outer", torch.outer, values(3, key="a"), values(4, key="b"))
    family.case("bmm", torch.bmm, values(3, 2, 5, key="a"), values(3, 5, 4, key="b"))
    family.case("addmm", torch.addmm, values(4, key="c"), values(2, 3, key="a"), values(3, 4, key="b"), beta=0.5, alpha=2.0)
    for equation, shapes in (("ij,jk->ik", ((2, 3), (3, 4))), ("bij,bjk->bik", ((2, 2, 3), (2, 3, 2))), ("ij->ji", ((2, 3),)), ("ii->i", ((3, 3),)), ("ij->", ((2, 3),)),
                             ("i,j->ij", ((2,), (3,))), ("bhqd,bhkd->bhqk", ((1, 2, 3, 4), (1, 2, 2, 4))), ("...ij,...jk->...ik", ((2, 1, 2, 3), (4, 3, 2)))):
        family.case("einsum", lambda *x, equation: torch.einsum(equation, *x), *[values(*s, key=i) for i, s in enumerate(shapes)], equation=equation)
    for shape in ((3,), (2, 3), (2, 2, 3)):
        family.case("linear", F.linear, values(*shape, key="x"), values(4, 3, key="w"), bias=values(4, key="b"))
        family.case("linear", F.linear, values(*shape, key="x"), values(4, 3, key="w"))
    family.case("linear", F.linear, values(0, 3, key="x"), values(4, 3, key="w"), bias=values(4, key="b"))
    family.case("bilinear", F.bilinear, values(2, 3, key="x"), values(2, 4, key="y"), values(2, 3, 4, key="w"), bias=values(2, key="b"))
    family.write()
