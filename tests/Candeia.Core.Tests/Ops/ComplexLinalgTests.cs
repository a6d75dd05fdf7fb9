namespace Candeia.Tests;

/// <summary>Factors of complex matrices: what must hold of them, and their derivatives.</summary>
public class ComplexLinalgTests
{
    public static TheoryData<string, int, int, DType> Cases
    {
        get
        {
            TheoryData<string, int, int, DType> cases = [];
            foreach (var dtype in (DType[])[DType.Complex128, DType.Complex64])
            {
                foreach (string kind in (string[])["random", "rank 2", "zero", "graded"])
                    foreach (var (m, n) in ((int, int)[])[(1, 1), (6, 6), (20, 7), (7, 20)]) cases.Add(kind, m, n, dtype);
                foreach (var (m, n) in ((int, int)[])[(0, 3), (3, 0), (1, 5), (5, 1)]) cases.Add("random", m, n, dtype);
            }
            return cases;
        }
    }

    static Tensor Random(Generator g, params int[] shape) =>
        Tensor.Complex(Tensor.Randn(new Shape(shape), DType.Float64, g), Tensor.Randn(new Shape(shape), DType.Float64, g));

    static Tensor Make(string kind, int m, int n, DType dtype)
    {
        var g = new Generator((ulong)(m * 100 + n));
        return (kind switch
        {
            "rank 2" => Random(g, m, 2).MatMul(Random(g, 2, n)),
            "zero" => Random(g, m, n) * 0,
            "graded" => Random(g, m, n) * (Tensor.Arange(m).To(DType.Float64) * 0.8).Exp().Unsqueeze(1) * 1e-4,
            _ => Random(g, m, n),
        }).To(dtype);
    }

    static Tensor Adjoint(Tensor a) => a.Transpose(-1, -2).Conj();

    static void Near(Tensor expected, Tensor actual, string what)
    {
        if (expected.Numel == 0) return;
        double size = Math.Max(1e-30, expected.Abs().To(DType.Float64).Norm().Item()), eps = Finfo.Of(expected.DType.IsComplex() ? expected.Abs().DType : expected.DType).Eps;
        double most = (expected - actual).Abs().To(DType.Float64).Amax().Item(), allowed = 40 * eps * (Math.Max(expected.Shape[^1], expected.Shape[^2]) + 4) * size;
        Assert.True(most <= allowed, $"{what}: {most:g3} is more than {allowed:g3}");
    }

    static void Orthonormal(Tensor q, string what) => Near(Tensor.Eye(q.Shape[^1], dtype: q.DType), Adjoint(q).MatMul(q), what);

    [Theory, MemberData(nameof(Cases))]
    public void Factors_multiply_to_the_matrix(string kind, int m, int n, DType dtype)
    {
        var a = Make(kind, m, n, dtype);
        foreach (var mode in (QrMode[])[QrMode.Reduced, QrMode.Complete])
        {
            var (q, r) = a.Qr(mode);
            Near(a, q.MatMul(r), "Q·R");
            Orthonormal(q, "Q");
            Near(r, r.Triu(), "R");
            Assert.All(r.Diagonal().Imag().ToArray<double>(), i => Assert.Equal(0, i));
        }
        foreach (bool full in (bool[])[false, true])
        {
            var (u, s, vh) = a.Svd(full);
            int k = Math.Min(m, n);
            Assert.Equal(dtype == DType.Complex64 ? DType.Float32 : DType.Float64, s.DType);
            Near(a, (u.Narrow(-1, 0, k) * s).MatMul(vh.Narrow(-2, 0, k)), "U·S·Vᴴ");
            Orthonormal(u, "U");
            Orthonormal(Adjoint(vh), "V");
            double[] values = s.ToArray<double>();
            Assert.Equal(values.OrderDescending(), values);
            Assert.Equal(values, a.SvdVals().ToArray<double>(), (x, y) => Math.Abs(x - y) <= 1e-6 * Math.Max(1e-20, values[0]));
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Eigenvectors_are_only_stretched_and_triangles_squared(string kind, int m, int n, DType dtype)
    {
        var b = Make(kind, m, n, dtype);
        var a = b.MatMul(Adjoint(b));
        foreach (bool upper in (bool[])[false, true])
        {
            var half = upper ? a.Triu() : a.Tril();                          // the other triangle is not read
            var (values, v) = half.Eigh(upper);
            Near(a, (v * values).MatMul(Adjoint(v)), "V·diag·Vᴴ");
            Orthonormal(v, "V");
            Assert.Equal(values.ToArray<double>().Order(), values.ToArray<double>());
            var positive = a + Tensor.Eye(m, dtype: dtype) * (1 + (m == 0 ? 0 : (double)a.Abs().Amax()));
            var l = (upper ? positive.Triu() : positive.Tril()).Cholesky(upper);
            Near(positive, upper ? Adjoint(l).MatMul(l) : l.MatMul(Adjoint(l)), "L·Lᴴ");
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_pseudo_inverse_is_that_of_Moore_and_Penrose(string kind, int m, int n, DType dtype)
    {
        if (kind == "graded") return;                                       // what is small there is lost among roundings
        Tensor a = Make(kind, m, n, dtype), p = a.Pinv(), projected = a.MatMul(p);
        Assert.Equal(new Shape([n, m]), p.Shape);
        Near(a, projected.MatMul(a), "A·P·A");
        Near(p, p.MatMul(projected), "P·A·P");
        Near(projected, Adjoint(projected), "A·P");
        Near(p.MatMul(a), Adjoint(p.MatMul(a)), "P·A");
    }

    [Fact]
    public void Least_squares_of_complex_numbers_leave_a_residual_that_is_real()
    {
        Tensor a = Random(new Generator(5), 6, 3), x = Random(new Generator(6), 3, 2), away = Random(new Generator(7), 6, 2);
        var (solution, residuals, _, _) = Linalg.LstSq(a, a.MatMul(x) + away);
        Near(Adjoint(a).MatMul(a.MatMul(x) + away), Adjoint(a).MatMul(a).MatMul(solution), "the normal equations");
        Assert.Equal(DType.Float64, residuals.DType);
        Assert.All(residuals.ToArray<double>().Zip((a.MatMul(solution) - a.MatMul(x) - away).Abs().Square().Sum(-2).ToArray<double>()), r => Assert.Equal(r.Second, r.First, 1e-10));
    }

    [Fact]
    public void Many_matrices_are_as_one_and_what_is_not_positive_is_refused()
    {
        var a = Random(new Generator(3), 4, 3, 3);
        var h = a.MatMul(Adjoint(a)) + Tensor.Eye(3, dtype: DType.Complex128);
        for (int i = 0; i < 4; i++)
        {
            Near(a[i].Qr().Q, a.Qr().Q[i], "Q");
            Near(h[i].Cholesky(), h.Cholesky()[i], "L");
            Assert.Equal(h[i].Eigh().Values.ToArray<double>(), h.Eigh().Values[i].ToArray<double>());
        }
        Assert.Contains("positive definite", Assert.Throws<LinalgException>(() => (-h).Cholesky().Settle()).Message, StringComparison.Ordinal);
        Assert.Throws<LinalgException>(() => (h * double.NaN).Eigh().Values.Settle());
    }

    /// <summary>Of what does not depend on the phases of vectors, as PyTorch demands it.</summary>
    [Fact]
    public void Derivatives_are_those_of_differences()
    {
        foreach (var (m, n) in ((int, int)[])[(3, 3), (4, 2), (2, 4)])
        {
            var x = Tensor.Randn([m, n, 2], DType.Float64, new Generator((ulong)(m + 7 * n)));
            x.RequiresGrad = true;
            Tensor Of(Tensor[] t) => t[0].ViewAsComplex();
            Tensor Squares(Tensor[] t) => Of(t).MatMul(Adjoint(Of(t))) + Tensor.Eye(m, dtype: DType.Complex128);
            Autograd.GradCheck(t => [Of(t).Qr().Q.ViewAsReal(), Of(t).Qr().R.ViewAsReal()], [x]);
            Autograd.GradCheck(t => [Of(t).Pinv().ViewAsReal()], [x]);
            Autograd.GradCheck(t => [Squares(t).Cholesky().ViewAsReal(), Squares(t).Cholesky(upper: true).ViewAsReal()], [x]);
            Autograd.GradCheck(t => Of(t).Svd(false) is var (u, s, vh) ? [s, (u * s.Exp()).MatMul(vh).ViewAsReal(), (u * s.Square()).MatMul(Adjoint(u)).ViewAsReal()] : [], [x]);
            if (m <= n) Autograd.GradCheck(t => Squares(t).Eigh() is var (values, v) ? [values, (v * values.Sqrt()).MatMul(Adjoint(v)).ViewAsReal()] : [], [x]);
        }
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(5), InlineData(40), InlineData(130)]
    public void Symmetric_and_Hermitian_matrices_are_solved_by_their_own_factors(int n)
    {
        var g = new Generator((ulong)n);
        Tensor z = Random(g, 3, n, n), b = Random(g, n, 2);
        foreach (var (hermitian, a) in ((bool, Tensor)[])[(true, z + Adjoint(z)), (false, z + z.Transpose(-1, -2)), (true, z.Real() + z.Real().Transpose(-1, -2))])
        {
            var right = a.DType.IsComplex() ? b : b.Real();
            var (ld, pivots) = a.Tril().LdlFactor(hermitian);                // the upper triangle is not read
            Near(right.Expand([3, n, 2]), a.MatMul(Linalg.LdlSolve(ld, pivots, right, hermitian)), $"A·X, Hermitian {hermitian}");
            Assert.Equal(0, ld.Triu(1).Abs().Sum().Item());
            if (a.DType.IsComplex()) Near(right.To(DType.Complex64).Expand([3, n, 2]), a.To(DType.Complex64).MatMul(Single(a, right, hermitian)), $"in single precision, Hermitian {hermitian}");
            if (n > 5) continue;
            Tensor real = right.Real().Clone(), imaginary = Tensor.Randn([n, 2], DType.Float64, g);
            foreach (var leaf in (Tensor[])[real, imaginary]) leaf.RequiresGrad = true;
            Autograd.GradCheck(x => Linalg.LdlSolve(ld, pivots, a.DType.IsComplex() ? Tensor.Complex(x[0], x[1]) : x[0] + x[1], hermitian) is var y && y.DType.IsComplex() ? [y.Real(), y.Imag()] : [y], [real, imaginary]);
        }
    }

    static Tensor Single(Tensor a, Tensor b, bool hermitian) =>
        a.To(DType.Complex64).LdlFactor(hermitian) is var (ld, pivots) ? Linalg.LdlSolve(ld, pivots, b.To(DType.Complex64), hermitian) : a;

    [Fact]
    public void Factors_of_symmetric_matrices_say_what_they_do_not_take()
    {
        var zero = Tensor.Zeros([2, 2]);
        Assert.Equal(1, zero.LdlFactorEx().Info.Item());
        Assert.Throws<LinalgException>(() => zero.LdlFactor());
        Assert.Throws<ShapeException>(() => Tensor.Ones([2, 3]).LdlFactor());
        var (ld, pivots) = Tensor.Eye(2).LdlFactor();
        Assert.Throws<ShapeException>(() => Linalg.LdlSolve(ld, pivots, Tensor.Ones([3, 1])));
        Assert.Throws<ShapeException>(() => Linalg.LdlSolve(ld, pivots[..1], Tensor.Ones([2, 1])));
        Assert.Throws<ArgumentException>(() => Linalg.LdlSolve(ld, pivots.To(DType.Int64), Tensor.Ones([2, 1])));
    }
}
