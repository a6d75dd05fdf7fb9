namespace Candeia.Tests;

/// <summary>What must hold of factors, whatever their signs: of random, rank-deficient, ill-conditioned and large matrices, in both precisions.</summary>
public class LinalgTests
{
    static readonly string[] s_kinds = ["random", "rank 2", "ill-conditioned", "zero", "graded"];

    public static TheoryData<string, int, int, DType> Cases
    {
        get
        {
            TheoryData<string, int, int, DType> cases = [];
            foreach (var dtype in (DType[])[DType.Float64, DType.Float32])
            {
                foreach (string kind in s_kinds) foreach (var (m, n) in ((int, int)[])[(1, 1), (7, 7), (40, 9), (9, 40), (70, 70)]) cases.Add(kind, m, n, dtype);
                foreach (var (m, n) in ((int, int)[])[(0, 3), (3, 0), (1, 5), (5, 1), (200, 150), (130, 260)]) cases.Add("random", m, n, dtype);
            }
            return cases;
        }
    }

    static Tensor Make(string kind, int m, int n, DType dtype)
    {
        var g = new Generator((ulong)(m * 1000 + n));
        Tensor Random(int rows, int columns) => Tensor.Randn([rows, columns], DType.Float64, g);
        return (kind switch
        {
            "rank 2" => Random(m, 2).MatMul(Random(2, n)),
            "ill-conditioned" => Random(m, n) * (Tensor.Arange(n).To(DType.Float64) * -0.3).Exp(),
            "zero" => Tensor.Zeros([m, n], DType.Float64),
            "graded" => Random(m, n) * (Tensor.Arange(m).To(DType.Float64) * 0.4).Exp().Unsqueeze(1) * 1e-4,
            _ => Random(m, n),
        }).To(dtype);
    }

    static double Eps(DType dtype) => Finfo.Of(dtype).Eps;

    /// <summary>Within rounding of as many steps as there are rows or columns.</summary>
    static void Near(Tensor expected, Tensor actual, double scale, string what)
    {
        if (expected.Numel == 0) return;
        double most = (expected - actual).To(DType.Float64).Abs().Max().Item(), allowed = 40 * Eps(expected.DType) * (Math.Max(expected.Shape[^1], expected.Shape[^2]) + 4) * scale;
        Assert.True(most <= allowed, $"{what}: {most:g3} is more than {allowed:g3}");
    }

    static double Size(Tensor a) => a.Numel == 0 ? 1 : Math.Max(1e-30, a.To(DType.Float64).Norm().Item());

    static void Orthonormal(Tensor q, string what) => Near(Tensor.Eye(q.Shape[^1], dtype: q.DType), q.T().MatMul(q), 1, what);

    [Theory, MemberData(nameof(Cases))]
    public void Factors_multiply_to_the_matrix(string kind, int m, int n, DType dtype)
    {
        var a = Make(kind, m, n, dtype);
        double size = Size(a);
        foreach (var mode in (QrMode[])[QrMode.Reduced, QrMode.Complete])
        {
            var (q, r) = a.Qr(mode);
            Near(a, q.MatMul(r), size, "Q·R");
            Orthonormal(q, "Q");
            Assert.Equal(r.ToArray<double>(), r.Triu().ToArray<double>());
        }
        var (p, l, u) = a.Lu();
        Near(a, p.MatMul(l).MatMul(u), size, "P·L·U");
        Assert.True(m == 0 || n == 0 || l.Abs().Max().Item() <= 1);
        foreach (bool full in (bool[])[false, true])
        {
            var (left, s, vh) = a.Svd(full);
            int k = Math.Min(m, n);
            Near(a, (left.Narrow(1, 0, k) * s).MatMul(vh.Narrow(0, 0, k)), size, "U·S·Vᵀ");
            Orthonormal(left, "U");
            Orthonormal(vh.T(), "V");
            double[] values = s.ToArray<double>();
            Assert.True(values.All(v => v >= 0) && values.SequenceEqual(values.OrderDescending()));
            Assert.All(values.Zip(a.SvdVals().ToArray<double>()), v => Assert.Equal(v.First, v.Second, 100 * Eps(dtype) * size));
        }
        var inverse = a.Pinv(rtol: kind is "ill-conditioned" or "graded" ? 1e-2 : null);
        if (kind is "random" or "rank 2" or "zero") Near(a, a.MatMul(inverse).MatMul(a), size * Math.Max(1, Size(inverse) * size), "A·A⁺·A");
    }

    [Theory]
    [InlineData(DType.Float32), InlineData(DType.Float64)]
    public void The_number_of_threads_changes_no_bit_of_factors(DType dtype)
    {
        const int n = 230;
        var a = Tensor.Randn([n, n], dtype, new Generator(8));
        var symmetric = a + a.T();
        var definite = symmetric + 8 * Math.Sqrt(n) * Tensor.Eye(n, dtype: dtype);
        int threads = Threads.Count;
        try
        {
            Threads.Count = 1;
            var one = All();
            Threads.Count = 3;
            Assert.All(one.Zip(All()), pair => Assert.Equal(pair.First, pair.Second));
        }
        finally { Threads.Count = threads; }
        double size = Size(symmetric);
        var (w, v) = symmetric.Eigh();
        Near(symmetric.MatMul(v), v * w, size, "A·V = V·Λ");
        Orthonormal(v, "V");
        var l = definite.Cholesky();
        Near(definite, l.MatMul(l.T()), Size(definite), "L·Lᵀ");

        double[][] All()
        {
            var (values, vectors) = symmetric.Eigh();
            var (u, s, vh) = a.Svd();
            var (p, lower, upper) = a.Lu();
            return [.. new[] { values, vectors, u, s, vh, p, lower, upper, definite.Cholesky() }.Select(t => t.To(DType.Float64).ToArray<double>())];
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Eigenvectors_are_only_stretched(string kind, int m, int n, DType dtype)
    {
        if (m != n && m * n != 0) return;
        var a = Make(kind, Math.Min(m, n), Math.Min(m, n), dtype);
        var symmetric = a + a.T();
        double size = Size(symmetric);
        foreach (bool upper in (bool[])[false, true])
        {
            var (w, v) = (upper ? symmetric.Triu() : symmetric.Tril()).Eigh(upper);
            Near(symmetric.MatMul(v), v * w, size, "A·V = V·Λ");
            Orthonormal(v, "V");
            double[] values = w.ToArray<double>();
            Assert.Equal(values, values.Order());
        }
        var (values2, vectors2) = a.Eig();
        if (a.Numel == 0) return;
        var error = (a.To(values2.DType).MatMul(vectors2) - vectors2 * values2).Abs().To(DType.Float64);
        Assert.True(error.Max().Item() <= (kind == "graded" ? 5000 : 100) * Eps(dtype) * (n + 4) * Size(a), $"{error.Max().Item()}");
        Assert.All(vectors2.Abs().To(DType.Float64).Square().Sum(0).ToArray<double>(), x => Assert.Equal(1, x, 1e-5));
        Assert.Equal((double)(a.To(DType.Float64) * Tensor.Eye(n, dtype: DType.Float64)).Sum(), values2.Real().To(DType.Float64).Sum().Item(), 1e-4 * Math.Max(1, size));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(150)]
    public void Equations_are_solved(int n)
    {
        foreach (var dtype in (DType[])[DType.Float64, DType.Float32, DType.Complex128])
        {
            var g = new Generator(5);
            Tensor a = Tensor.Randn([n, n], DType.Float64, g), b = Tensor.Randn([n, 3], DType.Float64, g);
            if (dtype.IsComplex()) (a, b) = (Tensor.Complex(a, Tensor.Randn([n, n], DType.Float64, g)), Tensor.Complex(b, b * 2));
            (a, b) = (a.To(dtype) + 2 * Math.Sqrt(n) * Tensor.Eye(n).To(dtype), b.To(dtype));
            double tolerance = 100 * n * Finfo.Of(dtype.Real()).Eps;
            Assert.True((a.MatMul(Linalg.Solve(a, b)) - b).Abs().Max().Item() <= tolerance * 10);
            Assert.True((a.MatMul(a.Inv()) - Tensor.Eye(n).To(dtype)).Abs().Max().Item() <= tolerance);
            var (lu, pivots) = a.LuFactor();
            Assert.True((a.Transpose(0, 1).Conj().MatMul(Linalg.LuSolve(lu, pivots, b, adjoint: true)) - b).Abs().Max().Item() <= tolerance * 10);
            if (dtype.IsComplex()) continue;
            var l = a.MatMul(a.T()).Cholesky();
            Assert.True((l.MatMul(l.T()) - a.MatMul(a.T())).Abs().Max().Item() <= tolerance * 20 * n);
            Assert.Equal(l.ToArray<double>(), l.Tril().ToArray<double>());
        }
    }

    [Fact]
    public void Many_small_matrices_are_as_one()
    {
        var g = new Generator(9);
        var a = Tensor.Randn([50, 3, 8, 8], DType.Float64, g);
        var many = a.Inv();
        for (int i = 0; i < 50; i += 7) Assert.Equal(a[i, 1].Inv().ToArray<double>(), many[i, 1].ToArray<double>());
        var (w, _) = (a + a.Transpose(-1, -2)).Eigh();
        Assert.Equal((a[3, 2] + a[3, 2].T()).EigvalsH().ToArray<double>(), w[3, 2].ToArray<double>());
    }

    [Fact]
    public void What_does_not_exist_is_refused_by_name()
    {
        var batch = Tensor.Stack([Tensor.Eye(2), Tensor.Ones([2, 2]), Tensor.Eye(2)]);
        Assert.Equal("Inv: matrix 1 of the batch is singular: pivot 2 is zero.", Assert.Throws<LinalgException>(() => batch.Inv()).Message);
        Assert.Contains("matrix 1 of the batch is singular", Assert.Throws<LinalgException>(() => Linalg.Solve(batch, Tensor.Ones([2, 1]))).Message, StringComparison.Ordinal);
        Assert.Contains("leading minor of order 2", Assert.Throws<LinalgException>(() => Linalg.Cholesky([[1.0, 2], [2, 1]])).Message, StringComparison.Ordinal);
        Assert.Throws<LinalgException>(() => Linalg.Eigh([[double.NaN, 1], [1, 2]]));
        Assert.Throws<LinalgException>(() => Linalg.Svd([[double.NaN, 1], [1, 2]]));
        Assert.Throws<LinalgException>(() => Linalg.Eig([[double.NaN, 1], [1, 2]]));
        foreach (double odd in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])             // and they come to an end
            foreach (int n in (int[])[2, 3, 7])
                foreach (var a in (Tensor[])[Tensor.Full([n, n], odd), Tensor.Eye(n, dtype: DType.Float64) * odd, Tensor.Ones([n, n], DType.Float64).Tril() + odd * Tensor.Eye(n, dtype: DType.Float64).Flip(0)])
                {
                    Assert.Throws<LinalgException>(() => a.Eig());
                    Assert.Throws<LinalgException>(() => a.Eigvals());
                    Assert.Throws<LinalgException>(() => a.Svd());
                }
        Assert.Equal([0, 2, 0], batch.InvEx().Info.ToArray<int>());
        Assert.Equal([0, 2, 0], Linalg.SolveEx(batch, Tensor.Ones([2, 1])).Info.ToArray<int>());
        Assert.Equal(2, Linalg.CholeskyEx([[1.0, 2], [2, 1]]).Info.Item<int>());
        Assert.Throws<ShapeException>(() => Tensor.Ones([2, 3]).Inv());
        Assert.Throws<ShapeException>(() => Tensor.Ones([3]).Det());
        Assert.Throws<ShapeException>(() => Linalg.Solve(Tensor.Eye(2), Tensor.Ones([3])));
        Assert.Contains("int64", Assert.Throws<ArgumentException>(() => Linalg.Inv(Tensor.From([1L, 2, 3, 4]).Reshape(2, 2))).Message, StringComparison.OrdinalIgnoreCase);
        Assert.Throws<NotSupportedException>(() =>
        {
            var a = Tensor.Randn([3, 2]);
            a.RequiresGrad = true;
            a.Qr(QrMode.Complete).R.Sum().Backward();
        });
    }

    [Fact]
    public void Second_derivatives_are_those_of_differences()
    {
        var g = new Generator(3);
        Tensor a = Tensor.Randn([3, 3], DType.Float64, g) + 4 * Tensor.Eye(3, dtype: DType.Float64), b = Tensor.Randn([3, 2], DType.Float64, g), tall = Tensor.Randn([4, 3], DType.Float64, g);
        Tensor apart = 0.3 * a + Tensor.From([1.0, 3, 6]).Unsqueeze(1) * Tensor.Eye(3, dtype: DType.Float64);
        foreach (var x in (Tensor[])[a, b, tall]) x.RequiresGrad = true;
        apart = apart.Detach();
        apart.RequiresGrad = true;
        Autograd.GradGradCheck(x => [Linalg.Solve(x[0], x[1])], [a, b]);
        Autograd.GradGradCheck(x => [x[0].Inv()], [a]);
        Autograd.GradGradCheck(x => [x[0].Det()], [a]);
        Autograd.GradGradCheck(x => [x[0].SlogDet().LogAbsDet], [a]);
        Autograd.GradGradCheck(x => [x[0].MatMul(x[0].T()).Cholesky()], [a]);
        Autograd.GradGradCheck(x => [Linalg.SolveTriangular(x[0], x[1], upper: false)], [a, b]);
        Autograd.GradGradCheck(x => x[0].Qr() is var (q, r) ? [q, r] : [], [tall]);
        Autograd.GradGradCheck(x => x[0].T().Qr() is var (q, r) ? [q, r] : [], [tall]);
        Autograd.GradGradCheck(x => [x[0].LuFactor().Lu], [a]);
        Autograd.GradGradCheck(x => [x[0].LuFactorEx().Lu], [tall]);
        Autograd.GradGradCheck(x => (x[0] + x[0].T()).Eigh() is var (w, v) ? [w, v.Square()] : [], [apart], absolute: 1e-4);
        Autograd.GradGradCheck(x => [x[0].SvdVals()], [apart], absolute: 1e-4);
        Autograd.GradGradCheck(x => x[0].Svd() is var (u, s, vh) ? [u.Narrow(1, 0, 3).MatMul(vh)] : [], [tall], absolute: 1e-4);
        Autograd.GradGradCheck(x => [x[0].Pinv()], [tall]);
        Autograd.GradGradCheck(x => [x[0].MatrixExp()], [b.Detach().MatMul(b.Detach().T()) is var s && (s.RequiresGrad = true) ? s : s]);
    }

    [Fact]
    public void A_singular_matrix_has_the_cofactors_as_gradient_of_its_determinant()
    {
        Tensor a = Tensor.From([2.0, 1, 4, 2, 3, 5, 1, 0, 1], [3, 3]), singular = a.Clone();
        singular[2] = singular[0] + singular[1];
        singular.RequiresGrad = true;
        Autograd.GradCheck(x => [x[0].Det()], [singular]);
    }

    [Fact]
    public void Least_squares_says_what_is_left()
    {
        var (x, residuals, rank, values) = Linalg.LstSq([[1.0, 0], [1, 1], [1, 2]], [[1.0], [3], [6]]);
        Assert.Equal([5 / 6.0, 2.5], x.ToArray<double>(), (p, q) => Math.Abs(p - q) < 1e-5);
        Assert.Equal([1 / 6.0], residuals.ToArray<double>(), (p, q) => Math.Abs(p - q) < 1e-5);
        Assert.Equal(2, rank.Item<long>());
        Assert.Equal(2, values.Numel);
        Assert.Equal(0, Linalg.LstSq(Tensor.Ones([3, 2]), Tensor.Ones([3, 1])).Residuals.Numel);
    }
}
