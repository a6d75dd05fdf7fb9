using Candeia.Kernels;

namespace Candeia.Tests;

public sealed unsafe class MapTests
{
    static readonly double[] s_points =
    [
        0, -0.0, 1e-30, -1e-8, 1e-3, -0.1, 0.3, 0.5, -0.6249, 0.625, 0.7, -0.99, 1, -1.0001, 1.5, 2, -2.9, 3.7, 4.9, -5.9, 6.1, 8, -9.5, 15, -20, 30, -40, 60, 85, -86, 88, 88.7, 89, -90,
        -100, 120, -500, 700, -705, 709.7, 711, 1000, -1000, 1e10, -1e30, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    [Fact]
    public void Exp_is_close_to_the_last_place() => EachRegister.Run(new Unary<ExpMap>(Math.Exp, 2));

    [Fact]
    public void Sigmoid_is_close_to_the_last_place() => EachRegister.Run(new Unary<SigmoidMap>(x => 1 / (1 + Math.Exp(-x)), 3));

    [Fact]
    public void Tanh_is_close_to_the_last_place() => EachRegister.Run(new Unary<TanhMap>(Math.Tanh, 3));

    [Fact]
    public void Exp_minus_1_is_close_to_the_last_place() => EachRegister.Run(new Unary<Expm1Map>(Expm1, 4));

    static double Expm1(double x) => Math.Abs(x) < 1 ? 2 * Math.Tanh(x / 2) / (1 - Math.Tanh(x / 2)) : Math.Exp(x) - 1;

    [Fact]
    public void Erf_is_close_to_the_last_place() => EachRegister.Run(new Unary<ErfMap>(Erf, 16));

    [Fact]
    public void Silu_is_close_to_the_last_place() => EachRegister.Run(new Unary<SiluMap>(x => x / (1 + Math.Exp(-x)), 4));

    [Fact]
    public void Gelu_is_close_to_the_last_place_of_its_parts() => EachRegister.Run(new Unary<GeluMap>(x => x / 2 * (1 + Erf(x / Math.Sqrt(2))), 8, x => Math.Abs(x)));

    [Fact]
    public void Gelu_by_tanh_is_close_to_the_last_place_of_its_parts() => EachRegister.Run(new Unary<GeluTanhMap>(GeluTanh, 8, x => Math.Abs(x)));

    [Fact]
    public void Relu_lets_the_gradient_through_where_it_was_positive_or_no_number() =>
        EachRegister.Run(new Binary<ReluGradientMap>((y, g) => y <= 0 ? 0 : g, 0));

    [Fact]
    public void Gradients_from_the_output_are_the_derivatives()
    {
        EachRegister.Run(new Binary<SigmoidGradientMap>((y, g) => g * y * (1 - y), 4, (y, g) => Math.Abs(g * y) * (1 + Math.Abs(y))));
        EachRegister.Run(new Binary<TanhGradientMap>((y, g) => g * (1 - y * y), 4, (y, g) => Math.Abs(g) * (1 + y * y)));
    }

    [Fact]
    public void Gradients_from_the_input_are_the_derivatives()
    {
        EachRegister.Run(new Binary<SiluGradientMap>((x, g) => g * Slope(z => z / (1 + Math.Exp(-z)), x), 0, (x, g) => Math.Abs(g), finite: true, double32: true));
        EachRegister.Run(new Binary<GeluGradientMap>((x, g) => g * Slope(z => z / 2 * (1 + Erf(z / Math.Sqrt(2))), x), 0, (x, g) => Math.Abs(g), finite: true, double32: true));
        EachRegister.Run(new Binary<GeluTanhGradientMap>((x, g) => g * Slope(GeluTanh, x), 0, (x, g) => Math.Abs(g), finite: true, double32: true));
    }

    [Fact]
    public void Every_length_writes_its_elements_and_no_more() => EachRegister.Run(new Lengths());

    [Fact]
    public void Dropout_scales_what_is_kept() => EachRegister.Run(new Kept());

    static double GeluTanh(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));

    static double Slope(Func<double, double> f, double x)
    {
        double h = 1e-4;                                        // fourth order: error about 1e-13 from rounding, 1e-16 from the step
        return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);
    }

    // A series near 0, a continued fraction beyond: right to about ten units in the last place of a double.
    static double Erf(double x)
    {
        double a = Math.Abs(x);
        if (!(a < 6)) return double.IsNaN(x) ? x : Math.Sign(x);
        if (a < 2.5)
        {
            double term = x, sum = x;
            for (int n = 1; n < 100; n++) sum += term *= 2 * x * x / (2 * n + 1);
            return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
        }
        double fraction = 0;
        for (int n = 100; n > 0; n--) fraction = n / 2.0 / (a + fraction);
        return Math.Sign(x) * (1 - Math.Exp(-a * a) / (Math.Sqrt(Math.PI) * (a + fraction)));
    }

    static void Close(double expected, double actual, double size, int element, string at)
    {
        if (double.IsNaN(expected)) { Assert.True(double.IsNaN(actual), $"{actual} and not NaN at {at}"); return; }
        double smallest = element == 4 ? 1e-35 : 1e-304;        // below, results may be flushed to zero
        if (element == 4 && Math.Abs(expected) > 3.4028235677973366e38) expected = double.PositiveInfinity * Math.Sign(expected);
        if (double.IsInfinity(expected)) Assert.True(expected == actual, $"{actual} and not {expected} at {at}");
        else Assert.True(Math.Abs(expected - actual) <= size * (element == 4 ? 6e-8 : 1.2e-16) + smallest, $"{actual} and not {expected} at {at}");
    }

    readonly struct Unary<TMap>(Func<double, double> f, double ulps, Func<double, double>? scale = null) : ISimdCall where TMap : struct, IMap
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            using var x = new Numbers(V.Element, s_points.Length + 4000, i => i < s_points.Length ? s_points[i] : (i - s_points.Length - 2000) * 0.0123);
            using var y = new Numbers(V.Element, x.Length);
            new Map.Call<TMap>(default, x.At, y.At, x.Length).Run<V>();
            for (int i = 0; i < x.Length; i++)
            {
                double want = f(x[i]), size = ulps * (scale is null || double.IsInfinity(x[i]) ? Math.Abs(want) : scale(x[i]));
                if (scale is null || !double.IsInfinity(x[i])) Close(want, y[i], size, V.Element, $"{x[i]}");
            }
            y.CheckGuard();
        }
    }

    readonly struct Binary<TMap>(Func<double, double, double> f, double ulps, Func<double, double, double>? scale = null, bool finite = false, bool double32 = false) : ISimdCall where TMap : struct, IMap2
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            using var x = finite ? new Numbers(V.Element, 1001, i => (i - 500) * 0.0123) : new Numbers(V.Element, s_points.Length, i => s_points[i]);
            using var g = Numbers.Random(V.Element, x.Length, 5);
            using var y = new Numbers(V.Element, x.Length);
            new Map.Call2<TMap>(default, x.At, g.At, y.At, x.Length).Run<V>();
            for (int i = 0; i < x.Length; i++)
            {
                double want = f(x[i], g[i]), size = (double32 ? V.Element == 4 ? 16 : 1e6 : ulps) * (scale is null ? Math.Abs(want) : scale(x[i], g[i]));
                if (double.IsFinite(size)) Close(want, y[i], size, V.Element, $"{x[i]}, {g[i]}");
            }
            y.CheckGuard();
        }
    }

    struct Lengths : ISimdCall
    {
        public readonly void Run<V>() where V : unmanaged, ISimd<V>
        {
            for (int n = 0; n < 40; n++)
            {
                using var x = Numbers.Random(V.Element, n, n);
                using var y = new Numbers(V.Element, n);
                new Map.Call<SiluMap>(default, x.At, y.At, n).Run<V>();
                y.CheckGuard();
                using var all = new Numbers(V.Element, 64, i => n == 0 ? 0 : x[i % n]);
                new Map.Call<SiluMap>(default, all.At, all.At, 64).Run<V>();                // in place; the same bits wherever a number stands
                for (int i = 0; i < n; i++) Assert.Equal(all[i], y[i]);
                using var z = new Numbers(V.Element, n);
                new Map.Call2<ReluGradientMap>(default, x.At, y.At, z.At, n).Run<V>();
                for (int i = 0; i < n; i++) Assert.Equal(x[i] > 0 ? y[i] : 0, z[i]);
                z.CheckGuard();
            }
        }
    }

    struct Kept : ISimdCall
    {
        public readonly void Run<V>() where V : unmanaged, ISimd<V>
        {
            for (int n = 0; n < 70; n += n < 35 ? 1 : 7)
            {
                using var x = Numbers.Random(V.Element, n, n);
                using var y = new Numbers(V.Element, n);
                byte[] keep = [.. Enumerable.Range(0, n).Select(i => (byte)(i * 7 % 3 == 0 ? 0 : i % 5 == 0 ? 255 : 1))];
                fixed (byte* k = keep) new Dropout.Call(x.At, k, y.At, n, 2).Run<V>();
                for (int i = 0; i < n; i++) Assert.Equal(keep[i] == 0 ? 0 : 2 * x[i], y[i]);
                y.CheckGuard();
            }
        }
    }
}
