using Candeia.Kernels;

namespace Candeia.Tests;

[Collection(nameof(ThreadCount))]
public sealed unsafe class RowNormTests
{
    static readonly (int Rows, int N)[] s_shapes = [(1, 1), (3, 2), (2, 16), (5, 17), (70, 31), (3, 64), (2, 4100), (900, 65)];

    [Fact]
    public void Values_and_gradients_are_those_of_plain_loops() => EachRegister.Run(new Plain());

    [Fact]
    public void The_bits_do_not_depend_on_the_threads()
    {
        const int Rows = 3000, N = 70;
        using var x = Numbers.Random(4, Rows * N, 1);
        using var g = Numbers.Random(4, Rows * N, 2);
        long[]? first = null;
        foreach (int threads in new[] { 1, 2, 5 })
        {
            using var _ = new ThreadCount(threads);
            using var moments = new Numbers(4, 2 * Rows);
            using var all = new Numbers(4, Rows * N + 2 * N);
            float* y = (float*)all.At;
            RowNorm.Forward((float*)x.At, null, null, y, (float*)moments.At, (float*)moments.At + Rows, Rows, N, 1e-5);
            RowNorm.Backward((float*)x.At, (float*)g.At, null, (float*)moments.At, (float*)moments.At + Rows, y, y + Rows * N, y + Rows * N + N,
                Rows, N);
            Assert.Equal(first ??= all.Bits(), all.Bits());
        }
    }

    readonly struct Plain : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            double tolerance = V.Element == 4 ? 2e-4 : 1e-11;
            foreach (var (rows, n) in s_shapes)
                foreach (bool affine in new[] { true, false })
                {
                    using var x = new Numbers(V.Element, rows * n, i => 3 + Math.Sin(i * 1.7));
                    using var g = Numbers.Random(V.Element, rows * n, 5);
                    using var w = Numbers.Random(V.Element, n, 6);
                    using var b = Numbers.Random(V.Element, n, 7);
                    using var y = new Numbers(V.Element, rows * n);
                    using var dx = new Numbers(V.Element, rows * n);
                    using var dw = new Numbers(V.Element, n);
                    using var db = new Numbers(V.Element, n);
                    using var moments = new Numbers(V.Element, 2 * rows);
                    new RowNorm.ForwardCall(x.At, affine ? w.At : null, affine ? b.At : null, y.At, moments.At, moments.At + rows * V.Element, rows,
                        n, 1e-2).Run<V>();
                    new RowNorm.BackwardCall(x.At, g.At, affine ? w.At : null, moments.At, moments.At + rows * V.Element, dx.At, dw.At, db.At, rows,
                        n).Run<V>();
                    double[] weights = new double[n], biases = new double[n];
                    for (int row = 0; row < rows; row++)
                    {
                        double[] line = [.. Enumerable.Range(row * n, n).Select(i => x[i])];
                        double mean = line.Average(), factor = 1 / Math.Sqrt(line.Average(v => (v - mean) * (v - mean)) + 1e-2);
                        double[] hat = [.. line.Select(v => (v - mean) * factor)], gw = [.. Enumerable.Range(0, n).Select(i => g[row * n + i] * (affine ? w[i] : 1))];
                        double sum = gw.Average(), product = gw.Zip(hat).Average(p => p.First * p.Second);
                        for (int i = 0; i < n; i++)
                        {
                            Assert.Equal(hat[i] * (affine ? w[i] : 1) + (affine ? b[i] : 0), y[row * n + i], tolerance);
                            Assert.Equal(factor * (gw[i] - sum - hat[i] * product), dx[row * n + i], tolerance * factor);
                            weights[i] += g[row * n + i] * hat[i];
                            biases[i] += g[row * n + i];
                        }
                    }
                    for (int i = 0; i < n; i++)
                    {
                        Assert.Equal(weights[i], dw[i], tolerance * Math.Sqrt(rows));
                        Assert.Equal(biases[i], db[i], tolerance * Math.Sqrt(rows));
                    }
                    foreach (var numbers in new[] { y, dx, dw, db, moments }) numbers.CheckGuard();
                }
        }
    }
}
