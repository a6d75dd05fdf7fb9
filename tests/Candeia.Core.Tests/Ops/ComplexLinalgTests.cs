using System.Numerics;

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

    static Tensor Jordan(int n, Complex value, DType dtype) =>
        Tensor.Eye(n, dtype: DType.Complex128).To(dtype) * value + (Tensor.Ones([n, n]).Triu(1) - Tensor.Ones([n, n]).Triu(2)).To(dtype);

    /// <summary>A·V = V·Λ, vectors of length 1 whose largest element is real, and a trace that is the sum of the values.</summary>
    static void Eigenvectors(Tensor a, double tolerance)
    {
        var (values, v) = a.Eig();
        Assert.Equal((a.DType, a.DType), (values.DType, v.DType));
        if (a.Numel == 0) return;
        double eps = Finfo.Of(a.DType.Real()).Eps, size = Math.Max(1e-30, (double)a.Abs().Amax()), n = a.Shape[^1];
        Assert.InRange((double)((a.MatMul(v) - v * values.Unsqueeze(-2)) / size).Abs().Amax(), 0, tolerance * eps * (n + 4));
        Assert.All(v.Abs().To(DType.Float64).Square().Sum(-2).ToArray<double>(), x => Assert.Equal(1, x, 10 * eps));
        var largest = v.Abs() >= v.Abs().Amax([-2], keepDim: true) * (1 - 10 * eps);                       // several, perhaps
        Assert.InRange((double)largest.Where(v.Imag().Abs(), 1).Amin(-2).Amax(), 0, 10 * eps);
        Assert.InRange((double)((values.Sum(-1) - a.Diagonal(0, -2, -1).Sum(-1)) / size).Abs().Amax(), 0, 100 * eps * (n + 4));
        Tensor alone = a.Eigvals(), gaps = (alone.Unsqueeze(-1) - values.Unsqueeze(-2)).Abs();             // those alone are the same, but for rounding and their order
        if (tolerance < 200) Assert.InRange((double)(gaps.Amin(-1) / size).Amax(), 0, 1e5 * eps);
    }

    [Theory]
    [InlineData(DType.Complex64), InlineData(DType.Complex128)]
    public void Eigenvectors_of_any_matrix_are_only_stretched(DType dtype)
    {
        foreach (int n in (int[])[1, 2, 3, 6, 40, 130])
        {
            var g = new Generator((ulong)n);
            Tensor a = Random(g, n, n), index = Tensor.Arange(n).To(DType.Float64);
            foreach (var x in (Tensor[])[a, a * 0, a + Adjoint(a), a.Triu(), a.Tril(), Random(g, n, 1).MatMul(Random(g, 1, n)), a.Real().To(DType.Complex128), Tensor.Eye(n, dtype: DType.Complex128).Roll(1, 0)])
                Eigenvectors(x.To(dtype), 100);
            Eigenvectors((a * (-0.3 * index).Exp()).To(dtype), 100);                                    // ill-conditioned
            Eigenvectors((a * (0.2 * index).Exp().Unsqueeze(-1)).To(dtype), 5000);                      // rows of very different sizes
            foreach (var value in (Complex[])[0, 1, new(2, -3)]) Eigenvectors(Jordan(n, value, dtype), 200);      // fewer vectors than values
        }
        foreach (var shape in (Shape[])[[0, 0], [2, 0, 0], [0, 3, 3]]) Eigenvectors(Tensor.Zeros(shape, dtype), 1);
    }

    [Fact]
    public void Eigenvalues_are_those_that_are_known()
    {
        double[] angles = [.. Enumerable.Range(0, 7).Select(k => 2 * Math.PI * k / 7)];
        var unit = Tensor.Eye(7, dtype: DType.Complex128).Roll(1, 0).Eigvals().ToArray<Complex>();           // the roots of 1
        Assert.All(angles, t => Assert.Contains(unit, z => Complex.Abs(z - Complex.FromPolarCoordinates(1, t)) < 1e-14));
        var g = new Generator(11);
        Tensor a = Random(g, 8, 8), h = a + Adjoint(a), real = Tensor.Randn([8, 8], DType.Float64, g);
        Assert.All(h.EigvalsH().ToArray<double>().Zip(h.Eigvals().Real().ToArray<double>().Order()), p => Assert.Equal(p.First, p.Second, 1e-12));
        var whole = real.Eigvals().ToArray<Complex>();
        Assert.All(real.To(DType.Complex128).Eigvals().ToArray<Complex>(), z => Assert.Contains(whole, w => Complex.Abs(z - w) < 1e-12));
        foreach (double size in (double[])[1e-305, 1e-160, 1e160, 1e305])                                     // whose squares are none
            Assert.InRange((double)(((a * size).Eigvals() / size).Sum() - a.Diagonal().Sum()).Abs(), 0, 1e-9);
        var many = Random(g, 3, 2, 5, 5);
        for (int i = 0; i < 3; i++) Assert.Equal(many[i, 1].Eig().Vectors.ToArray<Complex>(), many.Transpose(-1, -2).Contiguous().Transpose(-1, -2).Eig().Vectors[i, 1].ToArray<Complex>());
    }

    [Fact]
    public void Matrices_with_values_that_are_not_finite_have_no_eigenvalues()
    {
        foreach (var odd in (Complex[])[new(double.NaN, 0), new(0, double.NaN), new(double.PositiveInfinity, 0), new(1, double.NegativeInfinity)])
            foreach (int n in (int[])[1, 2, 3, 7])
                foreach (var a in (Tensor[])[Tensor.Full([n, n], odd, DType.Complex128), Tensor.Eye(n, dtype: DType.Complex128) * odd])
                {
                    Assert.Contains("not finite", Assert.Throws<LinalgException>(() => a.Eig()).Message, StringComparison.Ordinal);
                    Assert.Throws<LinalgException>(() => a.To(DType.Complex64).Eigvals());
                }
        Assert.Throws<ShapeException>(() => Random(new Generator(1), 2, 3).Eig());
    }

    [Fact]
    public void Derivatives_of_eigenvalues_and_vectors_are_those_of_differences()
    {
        foreach (int n in (int[])[1, 2, 4])
        {
            var x = Tensor.Randn([2, n, n, 2], DType.Float64, new Generator((ulong)n));
            x.RequiresGrad = true;
            static Tensor Of(Tensor[] t) => t[0].ViewAsComplex() + (3 * Tensor.Arange(t[0].Shape[1]).To(DType.Float64)).Unsqueeze(-1) * Tensor.Eye(t[0].Shape[1], dtype: DType.Float64);
            Autograd.GradCheck(t => Of(t).Eigvals() is var w ? [(w * w * w).Sum(-1).ViewAsReal()] : [], [x]);
            Autograd.GradCheck(t => Of(t).Eig() is var (w, v) ? [(v * w.Sin().Unsqueeze(-2)).MatMul(v.Inv()).ViewAsReal(), (v.Abs().Square() * w.Abs().Unsqueeze(-2)).Sum(-1)] : [], [x]);
            Autograd.GradGradCheck(t => Of(t).Eig() is var (w, v) ? [(v * w.Square().Unsqueeze(-2)).MatMul(v.Inv()).Abs()] : [], [x]);
        }
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
