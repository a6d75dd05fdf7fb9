namespace Candeia.Tests;

public class GoldenLinalgTests
{
    static readonly Dictionary<string, Func<GoldenCall, Tensor[]>> s_ops = new()
    {
        ["inv"] = c => [c[0].Inv()],
        ["det"] = c => [c[0].Det()],
        ["slogdet"] = c => Two(c[0].SlogDet()),
        ["logdet"] = c => [c[0].LogDet()],
        ["matrix_exp"] = c => [c[0].MatrixExp()],
        ["matrix_power"] = c => [c[0].MatrixPower(c.Case.Int("n"))],
        ["solve"] = c => [Linalg.Solve(c[0], c[1], c.Case.Flag("left", true))],
        ["solve_triangular"] = c => [Linalg.SolveTriangular(c[0], c[1], c.Case.Flag("upper"), c.Case.Flag("left"), c.Case.Flag("unitriangular"))],
        ["cholesky"] = c => [c[0].Cholesky(c.Case.Flag("upper"))],
        ["cholesky_inverse"] = c => [Linalg.CholeskyInverse(c[0], c.Case.Flag("upper"))],
        ["cholesky_solve"] = c => [Linalg.CholeskySolve(c[0], c[1], c.Case.Flag("upper"))],
        ["lu"] = c => c[0].Lu() is var (p, l, u) ? [p, l, u] : [],
        ["lu_factor"] = c => c[0].LuFactorEx() is var (lu, pivots, _) ? [lu, pivots] : [],
        ["lu_solve"] = c => c[0].LuFactor() is var (lu, pivots) ? [Linalg.LuSolve(lu, pivots, c[1], c.Case.Flag("left"), c.Case.Flag("adjoint"))] : [],
        ["ldl_factor"] = c => Two(c[0].LdlFactor()),
        ["ldl_solve"] = c => c[1].LdlFactor() is var (ld, pivots) ? [Linalg.LdlSolve(ld, pivots, c[0])] : [],
        ["qr"] = c => c.Case.Text("mode") == "r" ? [c[0].Qr(QrMode.R).R] : Two(c[0].Qr(c.Case.Text("mode") == "complete" ? QrMode.Complete : QrMode.Reduced)),
        ["geqrf"] = c => Two(c[0].Geqrf()),
        ["ormqr"] = c => [Linalg.Ormqr(c[0], c[1], c[2], c.Case.Flag("left"), c.Case.Flag("transpose"))],
        ["householder_product"] = c => [Linalg.HouseholderProduct(c[0], c[1])],
        ["eigh"] = c => (c[0] + c[0].Transpose(-1, -2)).Eigh() is var (values, vectors) ? [values, Columns(vectors, Tensor.Arange(vectors.Shape[^1]))] : [],
        ["eigvalsh"] = c => [c[0].EigvalsH(c.Case.Flag("upper"))],
        ["eigvals"] = c => [c[0].Eigvals() is var w ? (w * w * w).Sum(-1).Real() : c[0]],
        ["eig"] = Eig,
        ["eig complex"] = ComplexEig,
        ["eig complex, sorted"] = c => c[0].ViewAsComplex().Eig() is var (w, v) && w.Real().ArgSort(-1) is var order
            ? [w.Gather(-1, order).ViewAsReal(), v.Gather(-1, order.Unsqueeze(-2).Expand(v.Shape)).ViewAsReal()] : [],
        ["eigvals complex"] = c => [c[0].ViewAsComplex().Eigvals() is var w ? (w * w * w).Sum(-1).ViewAsReal() : c[0]],
        ["svd"] = Svd,
        ["svdvals"] = c => [c[0].SvdVals()],
        ["pinv"] = c => [c[0].Pinv(hermitian: c.Case.Flag("hermitian"))],
        ["matrix_rank"] = c => [c[0].MatrixRank(c.Case.Has("atol") ? c.Case.Number("atol") : null)],
        ["lstsq"] = c => [Linalg.LstSq(c[0], c[1]).Solution],
        ["cond"] = c => [c[0].Cond(c.Case.Number("order"))],
        ["matrix_norm"] = MatrixNorm,
        ["vector_norm"] = c => [Linalg.VectorNorm(c[0], c.Case.Number("order"), c.Case.Ints("dim") ?? [], c.Case.Flag("keepdim"))],
        ["norm"] = c => [Linalg.Norm(c[0], c.Case.Has("order") ? c.Case.Number("order") : null, c.Case.Ints("dim") ?? [])],
        ["multi_dot"] = c => [Linalg.MultiDot(c.Inputs)],
        ["vecdot"] = c => [Linalg.VecDot(c[0], c[1], c.Case.Int("dim", -1))],
        ["tensorsolve"] = c => [Linalg.TensorSolve(c[0], c[1], c.Case.Ints("dims") ?? [])],
        ["tensorinv"] = c => [Linalg.TensorInv(c[0], c.Case.Int("ind"))],
    };

    static Tensor[] Two((Tensor First, Tensor Second) pair) => [pair.First, pair.Second];

    /// <summary>What does not change with the signs of vectors.</summary>
    static Tensor Columns(Tensor v, Tensor weights) => (v.Abs().Square() * weights.Unsqueeze(-2)).Sum(-1);

    static Tensor[] Eig(GoldenCall c)
    {
        var (w, v) = c[0].Eig();
        var shifted = (1 / (w + 10)).Unsqueeze(-2) * v;
        return [Columns(v, w.Abs()), shifted.MatMul(v.Inv()).Real()];
    }

    static Tensor[] ComplexEig(GoldenCall c)
    {
        var (w, v) = c[0].ViewAsComplex().Eig();
        return [Columns(v, w.Abs()), ((1 / (w + 10)).Unsqueeze(-2) * v).MatMul(v.Inv()).ViewAsReal()];
    }

    static Tensor[] Svd(GoldenCall c)
    {
        var (u, s, vh) = c[0].Svd(c.Case.Flag("full_matrices"));
        int k = s.Shape[^1];
        (u, vh) = (u.Narrow(-1, 0, k), vh.Narrow(-2, 0, k));
        return [s, Columns(u, s), Columns(vh.Transpose(-1, -2), s * s), u.MatMul(vh)];
    }

    static Tensor[] MatrixNorm(GoldenCall c)
    {
        int[] dims = c.Case.Ints("dim") ?? [-2, -1];
        bool keep = c.Case.Flag("keepdim");
        return c.Case.Text("order") is not null and not "inf" and not "-inf"
            ? [Linalg.MatrixNorm(c[0], c.Case.Text("order") == "fro" ? MatrixNorms.Frobenius : MatrixNorms.Nuclear, dims[0], dims[1], keep)]
            : [Linalg.MatrixNorm(c[0], c.Case.Number("order"), dims[0], dims[1], keep)];
    }

    public static TheoryData<string> Ops => [.. s_ops.Keys];

    [Theory, MemberData(nameof(Ops))]
    public void Agrees_with_PyTorch(string op) => GoldenCall.Check("linalg", op, c => s_ops[op](c));
}
