namespace Candeia.Gpu.Tests;

/// <summary>What the table's small tensors do not reach: many blocks, pieces of a depth, lengths of every kind, arguments far out.</summary>
[Collection(nameof(Gpu))]
public class LargeTests
{
    /// <summary>Computes here and there, without a fallback.</summary>
    static void Same(Func<Device, Tensor[]> compute, double rounding)
    {
        var device = Gpu.Device;
        long before = device.Fallbacks;
        Tensor[] here = compute(Device.Cpu), there = compute(device);
        Assert.Equal(before, device.Fallbacks);
        foreach (var (a, b) in here.Zip(there))
        {
            Assert.Equal((a.Shape, a.DType), (b.Shape, b.DType));
            double[] expected = a.ToArray<double>(), got = b.ToArray<double>();
            double most = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
            for (int i = 0; i < got.Length; i++) Assert.Equal(expected[i], got[i], double.IsFinite(expected[i]) ? rounding * Math.Max(1, most) : 0);
        }
    }

    static Tensor Numbers(Shape shape, DType dtype = DType.Float32) => Tensor.Randn(shape, dtype, new Generator(3));

    [SkippableTheory]
    [InlineData(DType.Float32), InlineData(DType.Float64), InlineData(DType.Int64), InlineData(DType.UInt8)]
    public void Lines_of_many_blocks_are_sorted_stably(DType dtype)
    {
        var x = (Numbers([3, 5000]) * 30 + 100).To(dtype);                   // many are equal
        if (dtype is DType.Float32 or DType.Float64) x = (x > 150).Where(double.NaN, x);
        Same(d => [.. Both(x.To(d).Sort(1)), .. Both(x.To(d).Sort(1, descending: true)), .. Both(x.To(d).T().Sort(0)), .. Both(x.To(d).TopK(7)), .. Both(x.To(d).KthValue(2500))], 0);
        static Tensor[] Both((Tensor Values, Tensor Indices) y) => [y.Values.Detach(), y.Indices];
    }

    [SkippableTheory]
    [InlineData(1), InlineData(2), InlineData(64), InlineData(100), InlineData(129), InlineData(1000), InlineData(4096)]
    public void Transforms_of_every_length(int n)
    {
        Tensor re = Numbers([3, n], DType.Float64), im = Numbers([3, n], DType.Float64).Flip(1);
        Same(d =>
        {
            var z = Tensor.Complex(re.To(d), im.To(d));
            return [.. Parts(Candeia.Fourier.Fft(z)), .. Parts(Candeia.Fourier.Ifft(z)), .. Parts(Candeia.Fourier.Rfft(re.To(d))), Candeia.Fourier.Irfft(z.Narrow(1, 0, n / 2 + 1), n)];
        }, 1e-12);
        static Tensor[] Parts(Tensor z) => [z.Real(), z.Imag()];
    }

    [SkippableFact]
    public void A_deep_product_is_added_up_of_pieces()
    {
        Tensor a = Numbers([40, 9001]), b = Numbers([9001, 70]);
        Same(d => [a.To(d).MatMul(b.To(d)), a.To(d).MatMul(b.To(d))], 1e-5);
    }

    [SkippableTheory]
    [InlineData(1, 5), InlineData(2, 4), InlineData(4, 4)]
    public void Gradients_of_convolutions_with_pooling(int groups, int channels)
    {
        Tensor x = Numbers([2, 4, 21, 22]), w = Numbers([channels, 4 / groups, 3, 3]), b = Numbers([channels]);
        foreach (var pool in new Func<Tensor, Tensor>[] { y => y, y => y.Relu(), y => y.Relu().MaxPool2d(2), y => y.AvgPool2d(2), y => y.Relu().AvgPool2d(2) })
            Same(d =>
            {
                Tensor[] leaves = [x.To(d), w.To(d), b.To(d)];
                foreach (var leaf in leaves) leaf.RequiresGrad = true;
                var y = pool(leaves[0].Conv2d(leaves[1], leaves[2], padding: 1, groups: groups));
                return [y.Detach(), .. Autograd.Gradients((y * y).Sum(), leaves)];
            }, 1e-5);
    }

    [SkippableFact]
    public void Special_functions_far_out()
    {
        var x = Tensor.From([-60.5, -34.2, -20.25, -8.1, -2.7, -0.5, -1e-9, 0, 1e-9, 0.3, 1, 1.4, 2, 5.5, 12.9, 13.1, 30, 75, double.NaN, double.PositiveInfinity, double.NegativeInfinity]);
        foreach (var f in new Func<Tensor, Tensor>[]
        {
            t => t.Lgamma(), t => t.Digamma(), t => t.Erfcx(), t => t.Ndtr(), t => t.LogNdtr(), t => t.I0e(), t => t.I1e(), t => t.BesselJ0(), t => t.BesselJ1(), t => t.BesselY0(), t => t.BesselY1(),
            t => t.ScaledModifiedBesselK0(), t => t.ScaledModifiedBesselK1(), t => t.AiryAi(), t => t.Sinc(), t => (t.Abs() + 1.5).Zeta(t.Abs() + 0.5), t => t.Abs().Gammainc(t.Abs() + 0.2),
            t => (t.Abs() + 0.1).Gammaincc(t.Abs()), t => (t / 100).Erfinv(), t => (t / 200 + 0.5).Ndtri(),
        })
            Same(d => [f(x.To(d))], 1e-11);
    }

    [SkippableFact]
    public void What_is_true_and_how_often()
    {
        var x = Numbers([70, 33]);
        var whole = (x * 5).Abs().To(DType.Int64).Flatten();
        Same(d => [(x.To(d) > 0.5).NonZero(), whole.To(d).BinCount(), x.To(d).Histc(20, -2, 2), x.To(d).MaskedSelect(x.To(d) > 1), whole.To(d).Unique()], 0);
    }

    [SkippableFact]
    public void Complex_products_broadcast()
    {
        Tensor a = Numbers([2, 1, 5, 70], DType.Float64), b = Numbers([3, 70, 4], DType.Float64);
        Same(d => Tensor.Complex(a.To(d), a.To(d) * 2).MatMul(Tensor.Complex(b.To(d), 1 - b.To(d))) is var z ? [z.Real(), z.Imag(), z.Sum().Real()] : [], 1e-12);
    }
}
