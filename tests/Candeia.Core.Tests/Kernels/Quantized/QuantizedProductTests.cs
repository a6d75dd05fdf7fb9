using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Candeia.Kernels;

namespace Candeia.Tests;

public class QuantizedProductTests
{
    /// <summary>Rows, columns and inputs: more and fewer than tiles, panels and steps hold.</summary>
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 16, 4)]
    [InlineData(7, 33, 37)]
    [InlineData(14, 48, 64)]
    [InlineData(100, 70, 131)]
    [InlineData(3, 200, 1030)]
    public unsafe void Every_register_gives_the_exact_sums(int rows, int columns, int inputs)
    {
        var random = new Random(rows + columns);
        float[] x = Numbers(random, rows * inputs, 2), scales = Numbers(random, columns, 0.01f), bias = Numbers(random, columns, 3), expected = new float[rows * columns];
        sbyte[] weight = [.. Enumerable.Range(0, columns * inputs).Select(_ => (sbyte)random.Next(-128, 128))];
        foreach (var how in (Quantizing[])[new(0.02f, 100, 255), new(0.031f, 3, 127), new(0, 0, 255)])
        {
            for (int i = 0; i < rows; i++)
            {
                float[] row = x[(i * inputs)..((i + 1) * inputs)];
                var own = how.Scale == 0 ? Quantizing.Around(row.Min(), row.Max(), how.Most) : how;
                int[] whole = [.. row.Select(v => (int)Math.Clamp(MathF.Round(v * (1 / own.Scale)) + own.Zero, 0, own.Most))];
                for (int j = 0; j < columns; j++)
                {
                    long sum = 0;
                    for (int k = 0; k < inputs; k++) sum += (whole[k] - own.Zero) * weight[j * inputs + k];
                    expected[i * columns + j] = MathF.Max(0, (float)sum * (scales[j] * own.Scale) + bias[j]);
                }
            }
            fixed (float* px = x, ps = scales, pb = bias)
            fixed (sbyte* pw = weight)
            {
                Check<OnePair>(px, pw, ps, pb);
                Check<Pairs128>(px, pw, ps, pb);
                if (Avx2.IsSupported) Check<Pairs256>(px, pw, ps, pb);
                if (Avx512BW.IsSupported) Check<Pairs512>(px, pw, ps, pb);
                if (AvxVnni.IsSupported) Check<Quads256>(px, pw, ps, pb);
            }

            void Check<W>(float* px, sbyte* pw, float* ps, float* pb) where W : unmanaged, IWhole<W>
            {
                float[] y = new float[rows * columns + 1];
                y[^1] = 7;
                fixed (float* py = y) new QuantizedProduct.Call(new(rows, columns, inputs, how, true), px, pw, ps, pb, py, default).Run<W>();
                Assert.Equal(expected, y[..^1]);
                Assert.Equal(7, y[^1]);
            }
        }
    }

    [Theory]
    [InlineData(2, 3, 7, 9, 5, 3, 3, 1, 1)]
    [InlineData(1, 8, 6, 5, 33, 3, 2, 2, 0)]
    [InlineData(3, 4, 1, 20, 16, 1, 5, 3, 2)]
    [InlineData(1, 17, 12, 12, 20, 5, 5, 1, 4)]
    [InlineData(2, 16, 4, 4, 8, 1, 1, 1, 0)]
    public unsafe void Every_register_gives_the_same_convolution(int batch, int channels, int height, int width, int outs, int kernelHeight, int kernelWidth, int stride, int padding)
    {
        var shape = new ConvShape(batch, channels, height, width, outs, kernelHeight, kernelWidth) { StrideHeight = stride, StrideWidth = stride, PaddingHeight = padding, PaddingWidth = padding };
        var random = new Random(channels);
        float[] x = Numbers(random, batch * height * width * channels, 2), scales = Numbers(random, outs, 0.01f), bias = Numbers(random, outs, 3);
        sbyte[] weight = [.. Enumerable.Range(0, outs * channels * shape.Taps).Select(_ => (sbyte)random.Next(-128, 128))];
        var how = new Quantizing(0.02f, 90, 255);
        float[] expected = new float[batch * shape.OutHeight * shape.OutWidth * outs];
        int at = 0;
        for (int n = 0; n < batch; n++)
            for (int i = 0; i < shape.OutHeight; i++)
                for (int j = 0; j < shape.OutWidth; j++)
                    for (int o = 0; o < outs; o++, at++)
                    {
                        long sum = 0;
                        for (int c = 0; c < channels; c++)
                            for (int ky = 0; ky < kernelHeight; ky++)
                                for (int kx = 0; kx < kernelWidth; kx++)
                                {
                                    int row = i * stride - padding + ky, column = j * stride - padding + kx;
                                    if (row < 0 || row >= height || column < 0 || column >= width) continue;
                                    float v = x[((n * height + row) * width + column) * channels + c];
                                    int whole = (int)Math.Clamp(MathF.Round(v * (1 / how.Scale)) + how.Zero, 0, how.Most);
                                    sum += (whole - how.Zero) * weight[((o * channels + c) * kernelHeight + ky) * kernelWidth + kx];
                                }
                        expected[at] = (float)sum * (scales[o] * how.Scale) + bias[o];
                    }
        fixed (float* px = x, ps = scales, pb = bias)
        fixed (sbyte* pw = weight)
        {
            Check<OnePair>(px, pw, ps, pb);
            Check<Pairs128>(px, pw, ps, pb);
            if (Avx2.IsSupported) Check<Pairs256>(px, pw, ps, pb);
            if (Avx512BW.IsSupported) Check<Pairs512>(px, pw, ps, pb);
            if (AvxVnni.IsSupported) Check<Quads256>(px, pw, ps, pb);
            float[] y = new float[expected.Length];
            fixed (float* py = y) QuantizedConvolution.Run(shape, how, false, px, pw, ps, pb, py, default);
            Assert.Equal(expected, y);
        }

        void Check<W>(float* px, sbyte* pw, float* ps, float* pb) where W : unmanaged, IWhole<W>
        {
            float[] y = new float[expected.Length];
            fixed (float* py = y) new QuantizedConvolution.Call(shape, how, false, px, pw, ps, pb, py, default).Run<W>();
            Assert.Equal(expected, y);
        }
    }

    [Fact]
    public void The_range_of_numbers_knows_those_that_are_none()
    {
        foreach (int n in (int[])[1, 7, 8, 9, 30])
        {
            float[] x = [.. Enumerable.Range(0, n).Select(i => (i * 7 % n) - 3f)];
            Assert.Equal((x.Min(), x.Max()), Range(x));
            x[n / 2] = float.NaN;
            Assert.True(float.IsNaN(Range(x).Least) && float.IsNaN(Range(x).Greatest));
            Assert.True(float.IsNaN(Quantizing.Around(float.NaN, 1, 255).Scale));
        }

        static unsafe (float Least, float Greatest) Range(float[] x)
        {
            fixed (float* p = x) return Quantizing.Range(p, x.Length);
        }
    }

    static float[] Numbers(Random random, int count, float scale) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2 - 1) * scale)];
}
