namespace Candeia.Gpu.Tests;

/// <summary>Linear algebra of batches of matrices there, beyond the small ones of the table: what it gives multiplies to what it was asked for, and what has no result is refused as on the processor.</summary>
[Collection(nameof(Gpu))]
public class MatrixTests
{
    static Tensor Numbers(Shape shape) => Tensor.Randn(shape, DType.Float64, new Generator(7));

    static void Near(Tensor expected, Tensor got) => Assert.True(got.To(Device.Cpu).AllClose(expected.To(Device.Cpu), 1e-9, 1e-9));

    /// <summary>Nothing of this goes to the processor.</summary>
    static void There(Action<GpuDevice> compute)
    {
        var device = Gpu.Device;
        long before = device.Fallbacks;
        compute(device);
        Assert.Equal(before, device.Fallbacks);
    }

    [SkippableTheory]
    [InlineData(1, 1), InlineData(5, 5), InlineData(33, 20), InlineData(20, 33), InlineData(64, 64)]
    public void Factors_multiply_to_the_matrix(int m, int n) => There(device =>
    {
        Tensor a = Numbers([3, m, n]), there = a.Transpose(-1, -2).Contiguous().To(device).Transpose(-1, -2);
        int k = Math.Min(m, n);
        var (p, l, u) = there.Lu();
        Near(a, p.MatMul(l).MatMul(u));
        var (q, r) = there.Qr();
        Near(a, q.MatMul(r));
        Near(a.Qr().R, r);
        Near(a.Geqrf().A, there.Geqrf().A);
        var whole = there.Qr(QrMode.Complete);
        Near(a, whole.Q.MatMul(whole.R));
        Near(Tensor.Eye(m, dtype: DType.Float64), whole.Q[1].MatMul(whole.Q[1].T()));
        var (left, s, right) = there.Svd();
        Near(a.SvdVals(), s);
        Near(a, (left.Narrow(-1, 0, k) * s.Unsqueeze(-2)).MatMul(right.Narrow(-2, 0, k)));
        Near(Tensor.Eye(m, dtype: DType.Float64), left[2].MatMul(left[2].T()));
        Near(Tensor.Eye(n, dtype: DType.Float64), right[2].MatMul(right[2].T()));
        Near(a.Pinv(), there.Pinv());
    });

    [SkippableTheory]
    [InlineData(1), InlineData(6), InlineData(64)]
    public void Square_matrices_are_solved_inverted_and_decomposed(int n) => There(device =>
    {
        Tensor a = Numbers([4, n, n]) + 2 * n * Tensor.Eye(n, dtype: DType.Float64), b = Numbers([4, n, 3]), positive = a.MatMul(a.Transpose(-1, -2)), there = a.To(device);
        Near(Linalg.Solve(a, b), Linalg.Solve(there, b.To(device)));
        Near(a.Inv(), there.Inv());
        Near(a.SlogDet().LogAbsDet, there.SlogDet().LogAbsDet);
        Near((a / (2 * n)).Det(), (there / (2 * n)).Det());
        Near(positive.Cholesky(), positive.To(device).Cholesky());
        Near(Linalg.SolveTriangular(a, b, upper: false), Linalg.SolveTriangular(there, b.To(device), upper: false));
        var (values, vectors) = positive.To(device).Eigh(upper: true);
        Near(positive, (vectors * values.Unsqueeze(-2)).MatMul(vectors.Transpose(-1, -2)));
        Near((a / (4 * n)).MatrixExp(), (there / (4 * n)).MatrixExp());
    });

    [SkippableFact]
    public void What_has_no_result_is_refused_at_once_in_the_processors_words()
    {
        var device = Gpu.Device;
        Tensor a = Tensor.Eye(3).Expand([2, 3, 3]).Clone();
        a[1, 2, 2] = 0;
        Tensor infinite = a / 0.0;
        foreach (var ask in new Action<Tensor>[] { x => x.Inv(), x => Linalg.Solve(x, x), x => x.Cholesky(), x => x.LuFactor() })
            Assert.Equal(Assert.Throws<LinalgException>(() => ask(a)).Message, Assert.Throws<LinalgException>(() => ask(a.To(device))).Message);
        var complex = a.To(DType.Complex128);
        foreach (var ask in new Action<Tensor>[] { x => x.Inv(), x => Linalg.Solve(x, x) })
            Assert.Equal(Assert.Throws<LinalgException>(() => ask(complex)).Message, Assert.Throws<LinalgException>(() => ask(complex.To(device))).Message);
        foreach (var ask in new Action<Tensor>[] { x => x.Eigh(), x => x.Eig(), x => x.SvdVals(), x => x.Pinv() })
            Assert.Contains("not finite", Assert.Throws<LinalgException>(() => ask(infinite.To(device))).Message, StringComparison.Ordinal);
        Assert.Equal(3, Tensor.Eye(3, device: device).Sum().Item());         // and it goes on
        Near(a.SvdVals(), a.To(device).SvdVals());
        var (u, s, v) = (a[1] * 2).To(device).Svd();                         // a value that is zero
        Near(Tensor.Eye(3), u.MatMul(u.T()));
        Near(a[1] * 2, (u * s).MatMul(v));
    }

    static Tensor Complexes(Shape shape) => Tensor.Complex(Numbers(shape), Tensor.Randn(shape, DType.Float64, new Generator(8)));

    static void NearParts(Tensor expected, Tensor got) => Near(expected.ViewAsReal(), got.To(Device.Cpu).ViewAsReal());

    [SkippableTheory]
    [InlineData(1), InlineData(6), InlineData(40)]
    public void Complex_matrices_are_solved_inverted_and_raised_to_exponents(int n) => There(device =>
    {
        Tensor a = Complexes([3, n, n]), b = Complexes([3, n, 2]), there = a.To(device);
        NearParts(Linalg.Solve(a, b), Linalg.Solve(there, b.To(device)));
        NearParts(a.Inv(), there.Inv());
        NearParts((a / n).Det(), (there / n).Det());
        NearParts(a.SlogDet().Sign, there.SlogDet().Sign);
        Near(a.SlogDet().LogAbsDet, there.SlogDet().LogAbsDet);
        NearParts(a.LuFactor().Lu, there.LuFactor().Lu);
        Assert.Equal(a.LuFactor().Pivots.ToArray<int>(), there.LuFactor().Pivots.ToArray<int>());
        var triangles = a + 3 * n * Tensor.Eye(n, dtype: DType.Float64);
        foreach (bool upper in (bool[])[false, true]) NearParts(Linalg.SolveTriangular(triangles, b, upper), Linalg.SolveTriangular(triangles.To(device), b.To(device), upper));
        NearParts((a / n).MatrixExp(), (there / n).MatrixExp());
        var single = (a / n).To(DType.Complex64);
        Assert.True(single.To(device).Inv().To(Device.Cpu).ViewAsReal().AllClose(single.Inv().ViewAsReal(), 1e-3, 1e-3));
    });

    [SkippableTheory]
    [InlineData(1), InlineData(2), InlineData(5), InlineData(24), InlineData(64)]
    public void Eigenvalues_of_any_matrix_and_their_vectors(int n) => There(device =>
    {
        Tensor a = Numbers([6, n, n]);
        a[1] = a[1] + a[1].T();                                              // real ones only
        a[2, .., 0] = 0;                                                     // and one that is zero
        if (n > 1) a[3] = a[3].Triu() * 1e-3 + 1e3 * a[3].Tril(-1);          // sizes that are far apart
        a[4] = 0;
        var there = a.To(device);
        var (values, vectors) = there.Eig();
        (values, vectors) = (values.To(Device.Cpu), vectors.To(Device.Cpu));
        var (own, beside) = a.Eig();
        if (n <= 5)
        {
            NearParts(own, values);
            NearParts(beside[..2], vectors[..2]);
        }
        var size = a.Abs().Amax([1, 2]).Clamp(min: 1).Unsqueeze(-1).Unsqueeze(-1);
        NearParts(a.To(DType.Complex128).MatMul(vectors) / size, vectors * values.Unsqueeze(-2) / size);
        Near(Tensor.Ones([6, n], DType.Float64), vectors.Abs().Square().Sum(-2));
        Near(own.Sum(-1).Real(), values.Sum(-1).Real());
        Near(Tensor.Zeros([6], DType.Float64), values.Sum(-1).Imag());       // of a pair one is exactly the other's mirror image
        NearParts(there.Eigvals().To(Device.Cpu), values);
    });

    [SkippableFact]
    public void Large_matrices_are_computed_on_the_processor()
    {
        var device = Gpu.Device;
        long before = device.Fallbacks;
        Tensor a = Numbers([70, 70]), there = a.To(device);
        var copies = (device.Waits, device.Uploads);
        var inverse = there.Inv();
        Assert.Equal((copies.Waits + 1, copies.Uploads + 2, before + 1), (device.Waits, device.Uploads, device.Fallbacks));        // the matrix there, the result and which pivot is zero back
        Near(a.Inv(), inverse);
    }

    [SkippableFact]
    public void Many_rows_are_put_in_order_and_equal_ones_keep_theirs() => There(device =>
    {
        var x = (Tensor.Randn([1500, 3], generator: new Generator(1)) * 1.2).Round();
        x[5, 1] = double.NaN;
        x[900, 1] = double.NaN;
        foreach (var rows in (Tensor[])[x, x.NanToNum().To(DType.Int64), x[..1], x[..1025]])
            Assert.Equal(new RowOrderOp().Apply(rows).ToArray<long>(), new RowOrderOp().Apply(rows.To(device)).ToArray<long>());
        Assert.Equal(x.Unique(0).ToArray<float>(), x.To(device).Unique(0).ToArray<float>());
    });

    [SkippableFact]
    public void Ctc_losses_of_sequences_of_all_lengths_and_their_gradients() => There(device =>
    {
        Tensor x = Tensor.Randn([40, 6, 9], generator: new Generator(2)).LogSoftmax(2), labels = Tensor.Randint(1, 9, [6, 12], new Generator(3));
        labels[0] = 4;                                                       // the same label again and again
        Tensor steps = Tensor.From([40L, 40, 17, 3, 0, 0]), counts = Tensor.From([12L, 12, 5, 12, 0, 2]);
        foreach (bool zero in (bool[])[false, true])
        {
            (Tensor, Tensor) On(Device d)
            {
                var y = x.To(d);
                y.RequiresGrad = true;
                var losses = new CtcOp(0, zero).Apply(y, labels.To(d), steps.To(d), counts.To(d));
                return (losses.Detach(), Autograd.Gradients((losses * Tensor.Arange(0, 6, dtype: DType.Float32, device: d)).Narrow(0, 0, zero ? 6 : 3).Sum(), [y])[0]!);
            }
            var (here, there) = (On(Device.Cpu), On(device));
            Assert.Equal(here.Item1.ToArray<float>().Select(v => MathF.Round(v, 3)), there.Item1.ToArray<float>().Select(v => MathF.Round(v, 3)));
            Assert.True(there.Item2.Narrow(1, 0, 3).To(Device.Cpu).AllClose(here.Item2.Narrow(1, 0, 3), 1e-5, 1e-6));
        }
        foreach (var wrong in (Tensor[])[labels * 0, labels + 9, labels - 20])
            Assert.Contains("CTC", Assert.Throws<ArgumentOutOfRangeException>(() => new CtcOp(0, false).Apply(x.To(device), wrong.To(device), steps.To(device), counts.To(device)).ToArray<float>()).Message, StringComparison.Ordinal);
    });
}
