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
        foreach (var ask in new Action<Tensor>[] { x => x.Eigh(), x => x.SvdVals(), x => x.Pinv() })
            Assert.Contains("not finite", Assert.Throws<LinalgException>(() => ask(infinite.To(device))).Message, StringComparison.Ordinal);
        Assert.Equal(3, Tensor.Eye(3, device: device).Sum().Item());         // and it goes on
        Near(a.SvdVals(), a.To(device).SvdVals());
        var (u, s, v) = (a[1] * 2).To(device).Svd();                         // a value that is zero
        Near(Tensor.Eye(3), u.MatMul(u.T()));
        Near(a[1] * 2, (u * s).MatMul(v));
    }

    [SkippableFact]
    public void Large_matrices_are_computed_on_the_processor()
    {
        var device = Gpu.Device;
        long before = device.Fallbacks;
        Tensor a = Numbers([70, 70]);
        Near(a.Inv(), a.To(device).Inv());
        Assert.Equal(before + 1, device.Fallbacks);
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
