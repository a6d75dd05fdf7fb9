using Candeia.Kernels;

namespace Candeia.Tests;

[Collection(nameof(ThreadCount))]
public sealed unsafe class ChannelNormTests
{
    static readonly (int Rows, int Channels)[] s_shapes = [(1, 1), (2, 3), (5, 16), (63, 1), (64, 17), (65, 32), (200, 33), (300, 70), (5000, 3), (2100, 64)];

    [Fact]
    public void Moments_are_right_even_far_from_zero() => EachRegister.Run(new Moments());

    [Fact]
    public void Maps_and_sums_are_those_of_plain_loops() => EachRegister.Run(new Others());

    [Fact]
    public void The_bits_do_not_depend_on_the_threads()
    {
        const int Rows = 9000, Channels = 33;
        using var x = Numbers.Random(4, Rows * Channels, 3);
        long[]? first = null;
        foreach (int threads in new[] { 1, 2, 5 })
        {
            using var _ = new ThreadCount(threads);
            using var y = new Numbers(4, 2 * Channels);
            ChannelNorm.Moments((float*)x.At, (float*)y.At, (float*)y.At + Channels, Rows, Channels);
            Assert.Equal(first ??= y.Bits(), y.Bits());
        }
    }

    readonly struct Moments : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            foreach (var (rows, channels) in s_shapes)
                foreach (double offset in new[] { 0, 100 })
                {
                    var random = new Random(rows);
                    using var x = new Numbers(V.Element, rows * channels, i => offset * (1 + i % channels % 3) + random.NextDouble());
                    using var mean = new Numbers(V.Element, channels);
                    using var variance = new Numbers(V.Element, channels);
                    new ChannelNorm.MomentsCall(x.At, mean.At, variance.At, rows, channels).Run<V>();
                    for (int c = 0; c < channels; c++)
                    {
                        double[] column = Column(x, rows, channels, c);
                        double m = column.Average(), v = column.Average(a => (a - m) * (a - m));
                        Assert.Equal(m, mean[c], (V.Element == 4 ? 1e-6 : 1e-13) * (1 + offset));
                        Assert.Equal(v, variance[c], V.Element == 4 ? 1e-6 * (1 + offset / 10) : 1e-11);
                    }
                    mean.CheckGuard();
                    variance.CheckGuard();
                }
        }
    }

    readonly struct Others : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            foreach (var (rows, channels) in s_shapes)
            {
                using var x = Numbers.Random(V.Element, rows * channels, 1);
                using var g = Numbers.Random(V.Element, rows * channels, 2);
                using var mean = Numbers.Random(V.Element, channels, 3);
                using var a = Numbers.Random(V.Element, channels, 4);
                using var b = Numbers.Random(V.Element, channels, 5);
                using var c = Numbers.Random(V.Element, channels, 6);
                using var y = new Numbers(V.Element, rows * channels);
                using var sum = new Numbers(V.Element, channels);
                using var product = new Numbers(V.Element, channels);
                double tolerance = V.Element == 4 ? 2e-6 : 1e-14;

                var images = ChannelImages.Of(rows, channels);
                new ChannelNorm.NormalizeCall(new(x.At, null, mean.At, b.At, c.At, Tail.Nothing), null, y.At, images).Run<V>();
                for (int i = 0; i < y.Length; i++) Assert.Equal((x[i] - mean[i % channels]) * b[i % channels] + c[i % channels], y[i], tolerance);
                new ChannelNorm.GradientCall(new(x.At, g.At, mean.At, a.At, a.At, Tail.Nothing), b.At, c.At, y.At, images).Run<V>();
                for (int i = 0; i < y.Length; i++) Assert.Equal(g[i] * a[i % channels] + (x[i] - mean[i % channels]) * b[i % channels] + c[i % channels], y[i], tolerance);
                new ChannelNorm.SumsCall(new(x.At, g.At, mean.At, a.At, a.At, Tail.Nothing), sum.At, product.At, images).Run<V>();
                for (int k = 0; k < channels; k++)
                {
                    double[] gs = Column(g, rows, channels, k), xs = Column(x, rows, channels, k);
                    double m = mean[k];
                    Assert.Equal(gs.Sum(), sum[k], tolerance * (1 + gs.Sum(Math.Abs)));
                    Assert.Equal(gs.Zip(xs, (p, q) => p * (q - m)).Sum(), product[k], tolerance * (1 + gs.Sum(Math.Abs)));
                }
                y.CheckGuard();
                sum.CheckGuard();
                product.CheckGuard();
            }
        }
    }

    static double[] Column(Numbers x, int rows, int channels, int channel) => [.. Enumerable.Range(0, rows).Select(r => x[r * channels + channel])];
}
