namespace Candeia.Tests;

/// <summary>Linear algebra, of matrices that are far from singular.</summary>
static partial class OpTable
{
    /// <summary>A matrix with a large diagonal.</summary>
    static Tensor Dominant(Tensor a, double by = 5) => a + by * Tensor.Eye(a.Shape[^2], a.Shape[^1], a.DType, a.Device);

    static Tensor Positive(Tensor a) => Dominant(a.MatMul(a.Transpose(-1, -2)));

    /// <summary>Rising numbers on the diagonal: values that are apart.</summary>
    static Tensor Apart(Tensor a) => 0.5 * (a + a.Transpose(-1, -2)) + (5 * Tensor.Arange(a.Shape[^1], a.Device).To(a.DType)).Unsqueeze(-1) * Tensor.Eye(a.Shape[^1], dtype: a.DType, device: a.Device);

    /// <summary>Distances between places, to a power: a symmetric matrix with zeros on its diagonal, which does not depend on x but for its type and where it lives.</summary>
    static Tensor Symmetric(Tensor like, double power)
    {
        var places = Tensor.Arange(like.Shape[^2], like.Device).To(like.DType);
        return (places.Unsqueeze(0) - places.Unsqueeze(1)).Abs().Pow(power);
    }

    static Row[] LinearAlgebra =>
    [
        On("solve", x => Linalg.Solve(Dominant(x[0]), x[1]), [2, 3, 3], [3, 2]), On("solve from the right", x => Linalg.Solve(Dominant(x[0]), x[1], left: false), [3, 3], [2, 3]),
        On("solve complex", x => Linalg.Solve(Tensor.Complex(Dominant(x[0]), x[1]), Tensor.Complex(x[2], x[2] * x[2])) is var z ? z.Real() * z.Imag() : x[0], [3, 3], [3, 3], [3]),
        On("inv", x => Dominant(x[0]).Inv(), [2, 3, 3]), On("det", x => Dominant(x[0], 2).Det(), [2, 3, 3]), On("slogdet", x => Dominant(x[0]).SlogDet().LogAbsDet, [2, 3, 3]),
        On("det complex", x => Tensor.Complex(Dominant(x[0], 2), x[1]).Det().Imag(), [3, 3], [3, 3]), On("logdet", x => Positive(x[0]).LogDet(), [3, 3]),
        On("cholesky", x => Positive(x[0]).Cholesky(), [2, 3, 3]), On("cholesky upper", x => Positive(x[0]).Cholesky(upper: true), [3, 3]),
        On("cholesky_solve", x => Linalg.CholeskySolve(x[1], Dominant(x[0])), [3, 3], [3, 2]), On("cholesky_inverse", x => Linalg.CholeskyInverse(Dominant(x[0]), upper: true), [3, 3]),
        On("lu", x => Dominant(x[0]).Lu() is var (p, l, u) ? p.MatMul(l.Square()) * 2 + u.Square() : x[0], [3, 3]),
        On("lu of a tall matrix", x => Dominant(x[0]).Lu() is var (_, l, u) ? l.MatMul(u.Square()) : x[0], [4, 3]), On("lu of a wide matrix", x => Dominant(x[0]).Lu() is var (_, l, u) ? l.Square().MatMul(u) : x[0], [3, 4]),
        On("lu_solve", x => Dominant(x[0]).LuFactor() is var (lu, pivots) ? Linalg.LuSolve(lu, pivots, x[1], adjoint: true) : x[0], [3, 3], [3, 2]),
        On("ldl_solve", x => Symmetric(x[0], 1).LdlFactor() is var (ld, pivots) ? Linalg.LdlSolve(ld, pivots, x[0]) : x[0], [2, 4, 3]),
        On("solve_triangular", x => Linalg.SolveTriangular(Dominant(x[0]), x[1], upper: true), [2, 3, 3], [3, 2]),
        On("solve_triangular, ones on the diagonal", x => Linalg.SolveTriangular(x[0] * 0.3, x[1], upper: false, left: false, unitriangular: true), [3, 3], [2, 3]),
        On("qr", x => Dominant(x[0]).Qr() is var (q, r) ? q.MatMul(r.Square()) : x[0], [2, 4, 3]), On("qr of a wide matrix", x => Dominant(x[0]).Qr() is var (q, r) ? q.Square().MatMul(r) : x[0], [3, 4]),
        On("ormqr", x => Linalg.Ormqr(x[0], x[1], x[2], transpose: true), [4, 3], [2], [4, 2]), On("geqrf", x => x[0].Geqrf().A, [4, 3]) with { Smooth = false },
        On("householder_product", x => Linalg.HouseholderProduct(x[0], x[1]), [4, 3], [2]),
        On("eigh", x => Apart(x[0]).Eigh() is var (w, v) ? (v.Square() * w.Unsqueeze(-2)).Sum(-1) : x[0], [2, 3, 3]), On("eigvalsh", x => Apart(x[0]).EigvalsH(), [3, 3]),
        On("eig", x => (Apart(x[0]) + x[1]).Eig() is var (w, v) ? (v.Abs().Square() * w.Abs().Unsqueeze(-2)).Sum(-1) : x[0], [3, 3], [3, 3]),
        On("eigvals", x => (Apart(x[0]) + x[1]).Eigvals() is var w ? (w * w).Sum(-1).Real() : x[0], [3, 3], [3, 3]),
        On("svd", x => (Apart(x[0]) + x[1]).Svd() is var (u, s, vh) ? (u.Square() * s).MatMul(vh.Square()) : x[0], [3, 3], [3, 3]),
        On("svd of a tall matrix", x => Dominant(x[0]).Svd(fullMatrices: false) is var (u, s, vh) ? u.MatMul(vh) * s.Sum() : x[0], [4, 3]), On("svdvals", x => (Apart(x[0]) + x[1]).SvdVals(), [3, 3], [3, 3]),
        On("pinv", x => Dominant(x[0]).Pinv(), [2, 4, 3]), On("pinv of a wide matrix", x => Dominant(x[0]).Pinv(), [3, 4]), On("lstsq", x => Linalg.LstSq(Dominant(x[0]), x[1]).Solution, [4, 3], [4, 2]),
        On("matrix_exp", x => x[0].MatrixExp(), [2, 3, 3]) with { Low = -1, High = 1 }, On("matrix_exp complex", x => Tensor.Complex(x[0], x[1]).MatrixExp().Real(), [3, 3], [3, 3]) with { Low = -1, High = 1 },
        On("matrix_power", x => Dominant(x[0], 3).MatrixPower(-2), [3, 3]), On("matrix_rank", x => x[0].MatrixRank().To(x[0].DType), [2, 3, 3]) with { Smooth = false },
        On("cond", x => Dominant(x[0]).Cond(1), [3, 3]), On("cond 2", x => (Apart(x[0]) + 4 * Tensor.Eye(3, dtype: x[0].DType, device: x[0].Device)).Cond(), [3, 3]), On("matrix_norm", x => Linalg.MatrixNorm(x[0]), [2, 3, 4]),
        On("matrix_norm nuclear", x => Linalg.MatrixNorm(Dominant(x[0]), MatrixNorms.Nuclear), [2, 3, 4]), On("matrix_norm ∞", x => Linalg.MatrixNorm(x[0], double.PositiveInfinity, 0, 1, keepDim: true), [2, 3, 4]),
        On("multi_dot", x => Linalg.MultiDot(x), [2, 3], [3, 4], [4]), On("vecdot", x => Linalg.VecDot(x[0], x[1]), [2, 3], [3]),
        On("tensorsolve", x => Linalg.TensorSolve(Dominant(x[0]).Reshape(2, 2, 4), x[1]), [4, 4], [2, 2]), On("tensorinv", x => Linalg.TensorInv(Dominant(x[0]).Reshape(2, 2, 4)), [4, 4]),
    ];
}
