using Candeia.Kernels;
using static Candeia.Kernels.Softmax;

namespace Candeia.Tests;

public sealed unsafe class SoftmaxTests
{
    static readonly (int Rows, int N)[] s_shapes = [(1, 1), (3, 2), (5, 10), (2, 33), (4, 16), (1, 1000), (3, 5000), (200, 100)];

    [Fact]
    public void Softmax_and_its_logarithm_are_right() => EachRegister.Run(new Forward());

    [Fact]
    public void Their_gradients_are_right() => EachRegister.Run(new Backward());

    [Fact]
    public void Cross_entropy_and_its_gradient_are_right() => EachRegister.Run(new Entropy());

    [Fact]
    public void A_target_that_is_no_class_is_named()
    {
        float[] x = new float[20], loss = new float[2];
        foreach (long wrong in new long[] { -1, 10, long.MaxValue, long.MinValue })
        {
            long[] target = [3, wrong];
            fixed (float* px = x, pLoss = loss)
            fixed (long* pTarget = target)
            {
                float* a = px, b = pLoss;
                long* c = pTarget;
                var e = Assert.Throws<ArgumentOutOfRangeException>(() => CrossEntropy.Run(a, c, b, 2, 10, -100));
                Assert.Contains($"Row 1 has the target {wrong}, but there are 10 classes", e.Message, StringComparison.Ordinal);
            }
        }
    }

    static double[] Reference(Numbers x, int row, int n)
    {
        double[] v = [.. Enumerable.Range(0, n).Select(i => x[row * n + i])];
        double most = v.Max(), log = most + Math.Log(v.Sum(z => Math.Exp(z - most)));
        return [.. v.Select(z => z - log)];
    }

    static double Tolerance(int element) => element == 4 ? 4e-6 : 1e-13;

    struct Forward : ISimdCall
    {
        public readonly void Run<V>() where V : unmanaged, ISimd<V>
        {
            foreach (var (rows, n) in s_shapes)
                foreach (double shift in new double[] { 0, 500, -500 })
                {
                    using var x = Numbers.Random(V.Element, rows * n, n, scale: 10);
                    for (int i = 0; i < x.Length; i++) x[i] += shift;
                    using var y = new Numbers(V.Element, rows * n);
                    using var log = new Numbers(V.Element, rows * n);
                    new Call(Kind.Softmax, x.At, null, y.At, rows, n).Run<V>();
                    new Call(Kind.Log, x.At, null, log.At, rows, n).Run<V>();
                    for (int row = 0; row < rows; row++)
                    {
                        var want = Reference(x, row, n);
                        for (int i = 0; i < n; i++)
                        {
                            Assert.Equal(Math.Exp(want[i]), y[row * n + i], Tolerance(V.Element));
                            Assert.Equal(want[i], log[row * n + i], Tolerance(V.Element) * 4);
                        }
                    }
                    y.CheckGuard();
                    log.CheckGuard();
                    new Call(Kind.Softmax, x.At, null, x.At, rows, n).Run<V>();
                    Assert.Equal(y.Bits(), x.Bits());
                }
        }
    }

    struct Backward : ISimdCall
    {
        public readonly void Run<V>() where V : unmanaged, ISimd<V>
        {
            foreach (var (rows, n) in s_shapes)
            {
                using var x = Numbers.Random(V.Element, rows * n, n, scale: 3);
                using var g = Numbers.Random(V.Element, rows * n, n + 1);
                using var y = new Numbers(V.Element, rows * n);
                using var gx = new Numbers(V.Element, rows * n);
                foreach (var (forward, backward) in new[] { (Kind.Softmax, Kind.Gradient), (Kind.Log, Kind.LogGradient) })
                {
                    new Call(forward, x.At, null, y.At, rows, n).Run<V>();
                    new Call(backward, y.At, g.At, gx.At, rows, n).Run<V>();
                    for (int row = 0; row < rows; row++)
                    {
                        double[] p = [.. Reference(x, row, n).Select(Math.Exp)], grad = [.. Enumerable.Range(row * n, n).Select(i => g[i])];
                        double dot = p.Zip(grad, (a, b) => a * b).Sum(), sum = grad.Sum();
                        for (int i = 0; i < n; i++)
                            Assert.Equal(backward == Kind.Gradient ? p[i] * (grad[i] - dot) : grad[i] - p[i] * sum, gx[row * n + i], Tolerance(V.Element));
                    }
                    gx.CheckGuard();
                }
            }
        }
    }

    struct Entropy : ISimdCall
    {
        public readonly void Run<V>() where V : unmanaged, ISimd<V>
        {
            foreach (var (rows, n) in s_shapes)
            {
                using var x = Numbers.Random(V.Element, rows * n, n, scale: 20);
                using var loss = new Numbers(V.Element, rows);
                using var g = Numbers.Random(V.Element, rows, 3);
                using var gx = new Numbers(V.Element, rows * n);
                long[] target = [.. Enumerable.Range(0, rows).Select(i => i % 4 == 3 ? -100L : i * 13 % n)];
                fixed (long* t = target)
                {
                    new CrossEntropy.Call(x.At, t, loss.At, null, rows, n, -100).Run<V>();
                    new CrossEntropy.Call(x.At, t, g.At, gx.At, rows, n, -100).Run<V>();
                }
                for (int row = 0; row < rows; row++)
                {
                    var log = Reference(x, row, n);
                    bool skip = target[row] == -100;
                    Assert.Equal(skip ? 0 : -log[target[row]], loss[row], Tolerance(V.Element) * 4);
                    for (int i = 0; i < n; i++)
                        Assert.Equal(skip ? 0 : (Math.Exp(log[i]) - (i == target[row] ? 1 : 0)) * g[row], gx[row * n + i], Tolerance(V.Element));
                }
                loss.CheckGuard();
                gx.CheckGuard();
            }
        }
    }
}
