using Candeia.Kernels;

namespace Candeia.Tests;

[Collection(nameof(ThreadCount))]
public sealed unsafe class GemmTests
{
    static readonly (int M, int N, int K)[] s_shapes =
    [
        (1, 1, 1), (1, 1, 0), (2, 3, 0), (1, 1, 17), (1, 40, 33), (3, 5, 7), (14, 32, 16), (15, 33, 17), (29, 31, 64), (6, 16, 8), (7, 9, 100), (13, 100, 37), (100, 10, 64),
        (64, 64, 64), (17, 300, 5), (200, 130, 70), (5, 7, 1300), (20, 40, 600),
    ];

    static readonly int[] s_endings = [0, 1, 2, 4, 6, 7];       // bit 0: accumulate, bit 1: bias, bit 2: ReLU

    [Theory]
    [InlineData("nn"), InlineData("nt"), InlineData("tn"), InlineData("tt"), InlineData("ss"), InlineData("rn"), InlineData("nr"), InlineData("ww")]
    public void Blocked_equals_the_sum_of_products(string form) => EachRegister.Run(new BlockedForm(form));

    [Theory]
    [InlineData("nt"), InlineData("rt"), InlineData("wt")]
    public void Dots_equal_the_sum_of_products(string form) => EachRegister.Run(new DotForm(form));

    [Theory]
    [InlineData("nn"), InlineData("nt"), InlineData("tn")]
    public void What_runs_equals_the_sum_of_products(string form)
    {
        foreach (var (m, n, k) in new[] { (130, 250, 90), (250, 30, 90), (60, 70, 5000), (40, 1500, 20), (2, 2, 20_000), (200, 300, 40) })
        {
            using var x = new Matrices(4, m, n, k, form, bias: true);
            Gemm.Run<float>(x.Product);
            x.Check();
            using var y = new Matrices(8, m, n, k, form, accumulate: true);
            Gemm.Run<double>(y.Product);
            y.Check();
        }
    }

    [Theory]
    [InlineData("nn"), InlineData("nt"), InlineData("tn")]
    public void The_bits_do_not_depend_on_the_threads(string form)
    {
        foreach (var (m, n, k) in new[] { (130, 250, 1100), (64, 120, 9000), (3000, 33, 64), (37, 4000, 70) })
        {
            long[]? first = null;
            foreach (int threads in new[] { 1, 2, 3, 7 })
            {
                using var _ = new ThreadCount(threads);
                using var x = new Matrices(4, m, n, k, form, relu: true);
                Gemm.Run<float>(x.Product);
                Assert.Equal(first ??= x.Bits(), x.Bits());
            }
        }
    }

    [Fact]
    public void Fused_bias_and_relu_are_the_bits_of_their_parts()
    {
        foreach (string form in new[] { "nn", "nt" })
            foreach (var (m, n, k) in new[] { (33, 47, 70), (60, 70, 3000) })
            {
                using var fused = new Matrices(4, m, n, k, form, bias: true, relu: true);
                Gemm.Run<float>(fused.Product);
                using var plain = new Matrices(4, m, n, k, form);
                Gemm.Run<float>(plain.Product);
                for (nint i = 0; i < m; i++)
                    for (nint j = 0; j < n; j++)
                        Assert.Equal(MathF.Max(0, ((float*)plain.Product.C)[i * plain.Product.CRow + j] + ((float*)fused.Product.Bias)[j]), ((float*)fused.Product.C)[i * fused.Product.CRow + j]);
            }
    }

    [Fact]
    public void Not_a_number_passes_through_relu()
    {
        foreach (string form in new[] { "nn", "nt" })
        {
            using var x = new Matrices(4, 3, 50, 20, form, relu: true);
            *(float*)x.Product.A = float.NaN;
            Gemm.Run<float>(x.Product);
            for (int j = 0; j < 50; j++) Assert.True(float.IsNaN(((float*)x.Product.C)[j]));
            for (int j = 0; j < 50; j++) Assert.False(float.IsNaN(((float*)x.Product.C)[x.Product.CRow + j]));
        }
    }

    [Fact]
    public void Whole_numbers_wrap_around()
    {
        Plain<int>(int.CreateTruncating);
        Plain<long>(long.CreateTruncating);
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3)]
    public void Batches_take_each_index_with_its_strides(int kind)
    {
        const int M = 5, N = 9, K = 11;
        (nint[] batch, nint[] a, nint[] b, nint[] c) = kind switch
        {
            0 => (new nint[] { 3, 4 }, new nint[] { 4 * M * K, M * K }, new nint[] { 4 * K * N, K * N }, new nint[] { 4 * M * N, M * N }),
            1 => ([3, 4], [4 * M * K, M * K], [0, 0], [4 * M * N, M * N]),          // one B: a single tall product
            2 => ([3, 4], [M * K, 0], [0, K * N], [4 * M * N, M * N]),              // broadcast both ways
            _ => ([3, 4], [M * K, 3 * M * K], [K * N, 3 * K * N], [4 * M * N, M * N]),
        };
        using var x = Numbers.Random(4, 12 * M * K, 1);
        using var y = Numbers.Random(4, 12 * K * N, 2);
        using var z = new Numbers(4, 12 * M * N);
        var p = new Product { M = M, N = N, K = K, A = x.At, B = y.At, C = z.At, ARow = K, AStep = 1, BStep = N, BColumn = 1, CRow = N };
        Gemm.Run<float>(p, batch, a, b, c);
        for (int u = 0; u < 3; u++)
            for (int v = 0; v < 4; v++)
                for (int i = 0; i < M; i++)
                    for (int j = 0; j < N; j++)
                    {
                        double sum = 0;
                        for (int k = 0; k < K; k++) sum += x[u * a[0] + v * a[1] + i * K + k] * y[u * b[0] + v * b[1] + k * N + j];
                        Assert.Equal(sum, z[u * c[0] + v * c[1] + i * N + j], 1e-5);
                    }
        z.CheckGuard();
    }

    [Fact]
    public void An_empty_batch_does_nothing() =>
        Gemm.Run<float>(new Product { M = 2, N = 2, K = 2 }, [0], [4], [4], [4]);

    static void Plain<T>(Func<long, T> of) where T : unmanaged, System.Numerics.INumber<T>
    {
        const int M = 7, N = 6, K = 5;
        var random = new Random(3);
        T[] Fill(int n) => [.. Enumerable.Range(0, n).Select(_ => of(random.NextInt64()))];
        T[] a = Fill(M * K), b = Fill(K * N), c = Fill(M * N), bias = Fill(N), before = [.. c];
        fixed (T* pa = a, pb = b, pc = c, pBias = bias)
            Gemm.Run<T>(new Product { M = M, N = N, K = K, A = pa, B = pb, C = pc, ARow = 1, AStep = M, BStep = N, BColumn = 1, CRow = N, Accumulate = true, Bias = pBias, Relu = true });
        for (int i = 0; i < M; i++)
            for (int j = 0; j < N; j++)
            {
                T sum = before[i * N + j];
                for (int k = 0; k < K; k++) sum += a[k * M + i] * b[k * N + j];
                Assert.Equal(T.Max(sum + bias[j], T.Zero), c[i * N + j]);
            }
    }

    readonly struct BlockedForm(string form) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            foreach (var (m, n, k) in s_shapes)
                foreach (int ending in m * n * k < 20_000 ? s_endings : s_endings.AsSpan(^1..))
                {
                    using var x = new Matrices(V.Element, m, n, k, form, (ending & 1) != 0, (ending & 2) != 0, (ending & 4) != 0);
                    Blocked<V>.Run(x.Product);
                    x.Check();
                }
        }
    }

    readonly struct DotForm(string form) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            foreach (var (m, n, k) in s_shapes)
                foreach (int ending in m * n * k < 20_000 ? s_endings : s_endings.AsSpan(^1..))
                {
                    using var x = new Matrices(V.Element, m, n, k, form, (ending & 1) != 0, (ending & 2) != 0, (ending & 4) != 0);
                    DotProducts<V>.Run(x.Product);
                    x.Check();
                }
        }
    }
}
