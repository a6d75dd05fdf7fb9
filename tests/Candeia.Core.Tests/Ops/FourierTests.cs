using System.Numerics;

namespace Candeia.Tests;

/// <summary>Fourier transforms of any length: by definition, there and back, and long ones by all threads.</summary>
public class FourierTests
{
    [Theory]
    [InlineData(1), InlineData(2), InlineData(30), InlineData(31), InlineData(64), InlineData(37), InlineData(121), InlineData(2 * 37), InlineData(1009)]
    public void Every_length_is_the_sum_that_defines_it(int n)
    {
        var g = new Generator((ulong)n);
        Complex[] x = [.. Enumerable.Range(0, n).Select(_ => new Complex(g.NextNormal(), g.NextNormal()))];
        var got = Fourier.Fft(Tensor.From(x)).ToArray<Complex>();
        for (int k = 0; k < n; k += Math.Max(1, n / 40))
        {
            Complex sum = 0;
            for (int j = 0; j < n; j++) sum += x[j] * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((long)j * k % n) / n);
            Assert.True(Complex.Abs(sum - got[k]) < 1e-12 * Math.Sqrt(n) * 10, $"{k}: {got[k]}, not {sum}");
        }
    }

    [Theory]
    [InlineData(1 << 14), InlineData(3 * (1 << 13)), InlineData(60 * 360), InlineData(10_007), InlineData(1 << 17), InlineData(50_001)]
    public void There_and_back_is_the_same_and_energy_is_kept(int n)
    {
        var g = new Generator((ulong)n);
        var x = Tensor.Randn([2, n], DType.Float64, g);
        var z = Tensor.Complex(x, Tensor.Randn([2, n], DType.Float64, g));
        var spectrum = Fourier.Fft(z, norm: FftNorm.Ortho);
        Assert.Equal(z.Abs().Square().Sum().Item(), spectrum.Abs().Square().Sum().Item(), 1e-9 * n);
        Assert.True((Fourier.Ifft(spectrum, norm: FftNorm.Ortho) - z).Abs().Max().Item() < 1e-12);
        var half = Fourier.Rfft(x);
        Assert.True((half - Fourier.Fft(x).Narrow(-1, 0, n / 2 + 1)).Abs().Max().Item() < 1e-12 * n);
        Assert.True((Fourier.Irfft(half, n) - x).Abs().Max().Item() < 1e-12);
        var columns = Fourier.Fft(z.T(), dim: 0).T();
        Assert.True((columns - Fourier.Fft(z)).Abs().Max().Item() < 1e-11 * Math.Sqrt(n));
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(5), InlineData(30), InlineData(64), InlineData(74), InlineData(111), InlineData(1024), InlineData(1 << 15), InlineData(27 * 1001)]
    public void All_of_the_spectrum_of_real_numbers_is_that_of_complex_ones_without_imaginary_parts(int n)
    {
        foreach (int lines in n > 2000 ? [1] : (int[])[1, 3, 8, 11])
            foreach (var dtype in new[] { DType.Float32, DType.Float64 })
            {
                var x = Tensor.Randn([lines, n], dtype, new Generator((ulong)n));
                var expected = Fourier.Fft(x.To(DType.Complex128));
                double most = (dtype == DType.Float32 ? 1e-6 : 1e-14) * Math.Sqrt(n) * 10;
                foreach (var got in new[] { Fourier.Fft(x), Fourier.Fft(x.T().Contiguous().T()), Fourier.Fft(x.T().Contiguous(), dim: 0).T(), Fourier.Fft(x.To(dtype.Complex())) })
                {
                    Assert.Equal(dtype.Complex(), got.DType);
                    Assert.True((got.To(DType.Complex128) - expected).Abs().Max().Item() < most);
                }
                var half = expected.Narrow(-1, 0, n / 2 + 1).To(dtype.Complex());
                foreach (var got in new[] { Fourier.Irfft(half, n), Fourier.Irfft(half.T().Contiguous(), n, dim: 0).T() })
                    Assert.True((got - x).Abs().Max().Item() < most);
            }
    }

    [Fact]
    public void Distances_from_zero_hold_for_the_smallest_and_the_largest_numbers()
    {
        Complex[] x = [new(3, 4), 0, new(3e-200, 4e-200), new(6, 8), new(3e200, -4e200), new(double.NaN, double.NegativeInfinity), new(0, -2), new(double.NaN, 1), new(-5, 12)];
        Assert.Equal([5, 0, 5e-200, 10, 5e200, double.PositiveInfinity, 2, double.NaN, 13], Tensor.From(x).Abs().ToArray<double>(), (a, b) => a.Equals(b) || Math.Abs(a - b) <= 1e-15 * b);
    }

    [Fact]
    public void A_long_transform_finds_the_frequency_that_is_there()
    {
        const int n = 1 << 16;
        var x = (Tensor.Arange(n).To(DType.Float64) * (2 * Math.PI * 1234 / n)).Cos();
        var y = Fourier.Rfft(x).Abs();
        Assert.Equal(1234, y.ArgMax().Item<long>());
        Assert.Equal(n / 2, y[1234].Item(), 1e-6);
        y[1234] = 0;
        Assert.True(y.Max().Item() < 1e-7);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var x = Tensor.Randn([1 << 15], DType.Float64, new Generator(4));
        int threads = Threads.Count;
        try
        {
            Threads.Count = 1;
            var one = Fourier.Fft(x).ViewAsReal().ToArray<double>();
            Threads.Count = 3;
            Assert.Equal(one, Fourier.Fft(x).ViewAsReal().ToArray<double>());
        }
        finally { Threads.Count = threads; }
    }

    [Fact]
    public void A_signal_comes_back_from_its_windows()
    {
        var x = Tensor.Randn([3, 200], DType.Float64, new Generator(6));
        var window = Windows.Hann(32, dtype: DType.Float64);
        var back = Fourier.Istft(Fourier.Stft(x, 32, 8, window: window), 32, 8, window: window, length: 200);
        Assert.True((back - x).Abs().Max().Item() < 1e-12);
    }

    [Fact]
    public void Windows_have_the_shapes_of_their_formulas()
    {
        Assert.Equal([0, 0.5, 1, 0.5], Windows.Hann(4, dtype: DType.Float64).ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal([Math.Exp(-0.5), 1, Math.Exp(-0.5)], Windows.Gaussian(3, dtype: DType.Float64).ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal([Math.Exp(-0.5), 1, Math.Exp(-0.5)], Windows.Exponential(3, 2, dtype: DType.Float64).ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal([Math.Sin(Math.PI / 6), 1, Math.Sin(Math.PI / 6)], Windows.Cosine(3, dtype: DType.Float64).ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal(1, Windows.Nuttall(9, dtype: DType.Float64)[4].Item(), 1e-12);
    }

    [Fact]
    public void What_cannot_be_transformed_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Fourier.Fft(Tensor.Ones([3]), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fourier.Irfft(Tensor.Ones([1])));
        Assert.Contains("real numbers", Assert.Throws<ArgumentException>(() => Fourier.Rfft(Tensor.Polar(Tensor.Ones([3]), Tensor.Ones([3])))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Fourier.FftN(Tensor.Ones([3, 3]), dims: [0, 0]));
        Assert.Throws<ArgumentException>(() => Fourier.FftN(Tensor.Ones([3, 3]), [2], [0, 1]));
        Assert.Throws<ShapeException>(() => Fourier.Stft(Tensor.Ones([3]), 16));
        Assert.Throws<ArgumentException>(() => Fourier.Istft(Fourier.Stft(Tensor.Ones([60]), 16, 16), 16, 16, window: Windows.Hann(16)));
        Assert.Throws<ShapeException>(() => Tensor.Ones([3]).ViewAsComplex());
    }
}
