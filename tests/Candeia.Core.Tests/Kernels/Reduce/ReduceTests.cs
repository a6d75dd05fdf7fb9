using Candeia.Kernels;

namespace Candeia.Tests;

[Collection(nameof(ThreadCount))]
public sealed unsafe class ReduceTests
{
    static readonly (int Outer, int N, int Inner)[] s_shapes =
    [
        (1, 1, 1), (3, 0, 2), (2, 0, 1), (5, 7, 1), (1, 33, 1), (4, 100, 1), (700, 10, 1), (2, 5000, 1), (1, 140_000, 1), (2, 70_000, 1), (1, 3, 5), (2, 9, 3), (1, 300, 32),
        (3, 5, 33), (2, 600, 17), (1, 64, 2500), (1, 9000, 16), (2, 4, 1030), (1, 20_000, 3), (50, 3, 7),
    ];

    [Fact]
    public void Sums_are_right_to_a_rounding() => EachRegister.Run(new Check<Summing>(v => v.Sum(), (v, element) => 3 * v.Sum(Math.Abs) * (element == 4 ? 6e-8 * (v.Length > 64 ? 30 : 5) : 1e-15)));

    [Fact]
    public void Extremes_are_exact()
    {
        EachRegister.Run(new Check<Greatest>(v => v.Length == 0 ? double.NegativeInfinity : v.Max(), (_, _) => 0));
        EachRegister.Run(new Check<Least>(v => v.Length == 0 ? double.PositiveInfinity : v.Min(), (_, _) => 0));
    }

    [Fact]
    public void Not_a_number_wins_wherever_it_stands() => EachRegister.Run(new NaN());

    [Fact]
    public void Millions_of_floats_lose_little()
    {
        const int N = 3_000_000;
        using var x = new Numbers(4, N, i => 0.1);
        using var y = new Numbers(4, 3);
        Reduce.Sum((float*)x.At, (float*)y.At, 1, N, 1);
        Assert.Equal(N * (double)0.1f, y[0], N * 0.1 * 1e-6);
        Reduce.Sum((float*)x.At, (float*)y.At, 1, N / 3, 3);
        for (int i = 0; i < 3; i++) Assert.Equal(N / 3 * (double)0.1f, y[i], N / 3 * 0.1 * 1e-6);
    }

    [Fact]
    public void The_bits_do_not_depend_on_the_threads()
    {
        foreach (var (outer, n, inner) in s_shapes)
        {
            using var x = Numbers.Random(4, outer * n * inner, 9);
            long[]? first = null;
            foreach (int threads in new[] { 1, 2, 5 })
            {
                using var _ = new ThreadCount(threads);
                using var y = new Numbers(4, outer * inner);
                Reduce.Sum((float*)x.At, (float*)y.At, outer, n, inner);
                Assert.Equal(first ??= y.Bits(), y.Bits());
            }
        }
    }

    [Fact]
    public void Whole_numbers_reduce_too()
    {
        long[] x = [.. Enumerable.Range(0, 60).Select(i => (long)(i * 37 % 41) - 20)];
        var y = new long[10];
        fixed (long* from = x, to = y)
        {
            Reduce.Sum(from, to, 2, 6, 5);
            for (int i = 0; i < 10; i++) Assert.Equal(Column(i).Sum(), y[i]);
            Reduce.Max(from, to, 2, 6, 5);
            for (int i = 0; i < 10; i++) Assert.Equal(Column(i).Max(), y[i]);
            Reduce.Min(from, to, 2, 6, 5);
            for (int i = 0; i < 10; i++) Assert.Equal(Column(i).Min(), y[i]);
        }
        IEnumerable<long> Column(int i) => Enumerable.Range(0, 6).Select(k => x[i / 5 * 30 + k * 5 + i % 5]);
    }

    readonly struct Check<R>(Func<double[], double> reference, Func<double[], int, double> tolerance) : ISimdCall where R : struct, IReduction
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            foreach (var (outer, n, inner) in s_shapes)
            {
                using var x = Numbers.Random(V.Element, outer * n * inner, n + inner);
                using var y = new Numbers(V.Element, outer * inner);
                new Reduce.Call<R>(x.At, y.At, outer, n, inner).Run<V>();
                for (int o = 0; o < outer; o++)
                    for (int j = 0; j < inner; j += inner > 200 ? 37 : 1)
                    {
                        double[] values = [.. Enumerable.Range(0, n).Select(i => x[(o * n + i) * inner + j])];
                        double want = reference(values);
                        if (double.IsInfinity(want)) Assert.Equal(want, y[o * inner + j]);
                        else Assert.InRange(y[o * inner + j], want - tolerance(values, V.Element), want + tolerance(values, V.Element));
                    }
                y.CheckGuard();
            }
        }
    }

    struct NaN : ISimdCall
    {
        public readonly void Run<V>() where V : unmanaged, ISimd<V>
        {
            foreach (var (outer, n, inner) in new[] { (1, 70, 1), (1, 12, 20), (1, 5, 3), (1, 5000, 1) })
                for (int at = 0; at < n * inner; at += n > 1000 ? 311 : 1)
                {
                    using var x = Numbers.Random(V.Element, n * inner, 8);
                    x[at] = double.NaN;
                    using var y = new Numbers(V.Element, inner);
                    new Reduce.Call<Greatest>(x.At, y.At, outer, n, inner).Run<V>();
                    for (int j = 0; j < inner; j++) Assert.Equal(j == at % inner, double.IsNaN(y[j]));
                    new Reduce.Call<Least>(x.At, y.At, outer, n, inner).Run<V>();
                    for (int j = 0; j < inner; j++) Assert.Equal(j == at % inner, double.IsNaN(y[j]));
                }
        }
    }
}
