using Candeia.Kernels;

namespace Candeia.Tests;

public sealed unsafe class SimdTests
{
    static readonly double[] s_special = [0, -0.0, 1, -1, 0.5, 1.5, 2.5, -2.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 3.25, -7, 100, 1e-3, -1e6];

    [Fact]
    public void Every_operation_does_in_each_place_what_it_does_to_one_number() => EachRegister.Run(new Places());

    [Fact]
    public void Parts_read_and_write_nothing_else() => EachRegister.Run(new Parts());

    [Fact]
    public void Bits_become_masks_and_bits_again() => EachRegister.Run(new Masks());

    [Fact]
    public void Powers_of_two_are_exact() => EachRegister.Run(new Powers());

    [Fact]
    public void Sums_and_extremes_go_across() => EachRegister.Run(new Across());

    delegate V Binary<V>(V a, V b);

    struct Places : ISimdCall
    {
        public readonly void Run<V>() where V : unmanaged, ISimd<V>
        {
            var one = (double x) => V.Element == 4 ? (float)x : x;
            Check<V>((a, b) => a + b, (a, b) => one(a + b));
            Check<V>((a, b) => a - b, (a, b) => one(a - b));
            Check<V>((a, b) => a * b, (a, b) => one(a * b));
            Check<V>((a, b) => a / b, (a, b) => one(a / b));
            Check<V>((a, b) => -a, (a, b) => -a);
            Check<V>((a, b) => V.Abs(a), (a, b) => Math.Abs(a));
            Check<V>((a, b) => V.Sqrt(a), (a, b) => one(Math.Sqrt(a)));
            Check<V>((a, b) => V.Round(a), (a, b) => Math.Round(a));
            Check<V>(V.Max, (a, b) => a > b ? a : b, zeros: false);
            Check<V>(V.Min, (a, b) => a < b ? a : b, zeros: false);
            if (EachRegister.Fuses) Check<V>((a, b) => V.Fma(a, b, V.Const(2)), (a, b) => one(Math.FusedMultiplyAdd(a, b, 2)));
            Check<V>((a, b) => V.Select(V.Less(a, b), a, V.Const(9)), (a, b) => a < b ? a : 9);
            Check<V>((a, b) => V.Select(V.LessOrEqual(a, b), a, V.Const(9)), (a, b) => a <= b ? a : 9);
            Check<V>((a, b) => V.Select(V.Equal(a, b), a, V.Const(9)), (a, b) => a == b ? a : 9);
            Check<V>((a, b) => V.Less(a, b) & b, (a, b) => a < b ? b : 0);
            Check<V>((a, b) => ~V.Less(a, b) & b, (a, b) => a < b ? 0 : b);
            Check<V>((a, b) => V.Less(a, b) & a | V.Equal(a, b) & b, (a, b) => a < b ? a : a == b ? b : 0);
            Check<V>((a, b) => a ^ b ^ b, (a, b) => a);
            Check<V>((a, b) => V.Select(V.Greater(a, b), a, b), (a, b) => a > b ? a : b);
            Check<V>((a, b) => V.Select(V.NaN(a), V.Const(5), a), (a, b) => double.IsNaN(a) ? 5 : a);
        }

        static void Check<V>(Binary<V> simd, Func<double, double, double> scalar, bool zeros = true) where V : unmanaged, ISimd<V>
        {
            int lanes = V.Size / V.Element;
            using var a = new Numbers(V.Element, lanes);
            using var b = new Numbers(V.Element, lanes);
            using var c = new Numbers(V.Element, lanes);
            for (int shift = 0; shift < s_special.Length; shift++)
                for (int from = 0; from < s_special.Length; from += lanes)
                {
                    for (int i = 0; i < lanes; i++) a[i] = s_special[(from + i) % s_special.Length];
                    for (int i = 0; i < lanes; i++) b[i] = s_special[(from + i + shift) % s_special.Length];
                    simd(V.Load(a.At), V.Load(b.At)).Store(c.At);
                    for (int i = 0; i < lanes; i++)
                        if (zeros || a[i] != b[i]) Assert.Equal(scalar(a[i], b[i]), c[i]);
                }
        }
    }

    struct Parts : ISimdCall
    {
        public readonly void Run<V>() where V : unmanaged, ISimd<V>
        {
            int lanes = V.Size / V.Element;
            using var x = new Numbers(V.Element, lanes, i => i + 1);
            for (int count = 0; count <= lanes; count++)
            {
                using var y = new Numbers(V.Element, lanes, i => -1);
                V.LoadPart(x.At, count).Store(y.At);
                Assert.Equal(Enumerable.Range(0, lanes).Select(i => i < count ? i + 1.0 : 0), y.ToArray());
                using var z = new Numbers(V.Element, lanes, i => -1);
                V.Load(x.At).StorePart(z.At, count);
                Assert.Equal(Enumerable.Range(0, lanes).Select(i => i < count ? i + 1.0 : -1), z.ToArray());
                z.CheckGuard();
            }
        }
    }

    struct Masks : ISimdCall
    {
        public readonly void Run<V>() where V : unmanaged, ISimd<V>
        {
            int lanes = V.Size / V.Element;
            uint all = (uint)((1UL << lanes) - 1);
            foreach (uint bits in new uint[] { 0, 1, 0xFFFFFFFF, 0xA5A5A5A5, 0x12345678 })
            {
                Assert.Equal(bits & all, V.Signs(V.Mask(bits)));
                using var y = new Numbers(V.Element, lanes);
                V.Select(bits, V.Const(1), V.Const(2)).Store(y.At);
                for (int i = 0; i < lanes; i++) Assert.Equal((bits >> i & 1) == 1 ? 1 : 2, y[i]);
            }
            Assert.Equal(all, V.Signs(V.Const(-0.0)));
            Assert.Equal(0u, V.Signs(V.Const(3)));
        }
    }

    struct Powers : ISimdCall
    {
        public readonly void Run<V>() where V : unmanaged, ISimd<V>
        {
            int most = V.Element == 4 ? 127 : 1023;
            using var y = new Numbers(V.Element, V.Size / V.Element);
            for (int n = -2 * most + 6; n <= 2 * most; n++)
            {
                V.Scale(V.Const(1.25), V.Const(n)).Store(y.At);
                double expected = V.Element == 4 ? MathF.ScaleB(1.25f, n) : Math.ScaleB(1.25, n);
                Assert.All(y.ToArray(), p => Assert.Equal(expected, p));
                if (n < 1 - most || n > most) continue;
                V.Exponent(V.Const(Math.ScaleB(1.75, n))).Store(y.At);
                Assert.All(y.ToArray(), e => Assert.Equal(n, e));
            }
        }
    }

    struct Across : ISimdCall
    {
        public readonly void Run<V>() where V : unmanaged, ISimd<V>
        {
            int lanes = V.Size / V.Element;
            for (int at = 0; at < lanes; at++)
            {
                using var x = new Numbers(V.Element, lanes, i => i == at ? 100 : i);
                Assert.Equal(x.ToArray().Sum(), V.Sum(V.Load(x.At)));
                Assert.Equal(100, V.Greatest(V.Load(x.At)));
                x[at] = -100;
                Assert.Equal(-100, V.Least(V.Load(x.At)));
                x[at] = double.NaN;
                Assert.Equal(double.NaN, V.Sum(V.Load(x.At)));
                Assert.Equal(double.NaN, V.Greatest(V.Load(x.At)));
                Assert.Equal(double.NaN, V.Least(V.Load(x.At)));
            }
        }
    }
}
