using static Candeia.Kernels.ChebyshevTables;

namespace Candeia;

/// <summary>Bessel's and Airy's functions for devices that compile text: as in <see cref="Kernels.Bessel"/>.</summary>
internal static class BesselTexts
{
    static readonly string[] s_i = [I(0, I0Near, I0Far), I(1, I1Near, I1Far)], s_k = [K(0, K0Near, K0Far), K(1, K1Near, K1Far)], s_j = [J(0, J0Near, P0, Q0), J(1, J1Near, P1, Q1)],
        s_y = [Y(0, Y0Near), Y(1, Y1Near)];

    /// <summary>e^(−|x|)·I.</summary>
    static string I(int n, ReadOnlySpan<double> near, ReadOnlySpan<double> far) => SeriesTexts.Chebyshev($"i{n}_near_", near) + SeriesTexts.Chebyshev($"i{n}_far_", far) + $$"""
        FUNCTION f64 i{{n}}e_(f64 x) {
          const f64 a = fabs(x);
          if (x != x) return x;
          const f64 y = a <= 8 ? i{{n}}_near_(a / 4 - 1){{(n == 1 ? " * a" : "")}} : i{{n}}_far_(16 / a - 1) / sqrt(a);
          return {{(n == 1 ? "x < 0 ? -y : y" : "y")}};
        }

        """;

    /// <summary>K, and eˣ·K.</summary>
    static string K(int n, ReadOnlySpan<double> near, ReadOnlySpan<double> far) => s_i[n] + SeriesTexts.Chebyshev($"k{n}_near_", near) + SeriesTexts.Chebyshev($"k{n}_far_", far) + $$"""
        FUNCTION f64 k{{n}}_(f64 x, i32 scaled) {
          if (!(x > 0)) return x == 0 ? (f64)INFINITY : (f64)NAN;
          if (x > 2) { const f64 y = k{{n}}_far_(4 / x - 1) / sqrt(x); return scaled ? y : y * exp(-x); }
          const f64 t = x * x / 2 - 1, w = log(x / 2) * exp(x) * i{{n}}e_(x);
          const f64 y = {{(n == 0 ? "k0_near_(t) - w" : "k1_near_(t) / x + w")}};
          return scaled ? y * exp(x) : y;
        }

        """;

    static string J(int n, ReadOnlySpan<double> near, ReadOnlySpan<double> p, ReadOnlySpan<double> q) =>
        SeriesTexts.Chebyshev($"j{n}_near_", near) + SeriesTexts.Chebyshev($"hankel{n}_p_", p) + SeriesTexts.Chebyshev($"hankel{n}_q_", q) + $$"""
        FUNCTION f64 hankel{{n}}_(f64 x, i32 second) {
          const f64 t = 128 / (x * x) - 1, s = sin(x), c = cos(x), r = 0.70710678118654752440, p = hankel{{n}}_p_(t), q = hankel{{n}}_q_(t) / x;
          const f64 u = {{(n == 0 ? "(s - c) * r, v = (c + s) * r" : "(-s - c) * r, v = (s - c) * r")}};
          return (second ? p * u + q * v : p * v - q * u) * sqrt(2 / (3.14159265358979323846 * x));
        }
        FUNCTION f64 j{{n}}_(f64 x) {
          const f64 a = fabs(x);
          if (a == INFINITY) return 0;
          const f64 y = a <= 8 ? j{{n}}_near_(a * a / 32 - 1){{(n == 1 ? " * a" : "")}} : hankel{{n}}_(a, 0);
          return {{(n == 1 ? "x < 0 ? -y : y" : "y")}};
        }

        """;

    static string Y(int n, ReadOnlySpan<double> near) => s_j[n] + SeriesTexts.Chebyshev($"y{n}_near_", near) + $$"""
        FUNCTION f64 y{{n}}_(f64 x) {
          if (!(x > 0)) return x == 0 ? -(f64)INFINITY : (f64)NAN;
          if (x == INFINITY) return 0;
          if (x > 8) return hankel{{n}}_(x, 1);
          const f64 t = x * x / 32 - 1, w = 0.63661977236758134308 * log(x) * j{{n}}_(x);
          return {{(n == 0 ? "y0_near_(t) + w" : "y1_near_(t) * x + (w - 0.63661977236758134308 / x)")}};
        }

        """;

    static readonly string s_airy = SeriesTexts.Chebyshev("airy_far_", AiFar) + SeriesTexts.Chebyshev("airy_p_", AiP) + SeriesTexts.Chebyshev("airy_q_", AiQ) + """
        FUNCTION f64 airy_(f64 x) {
          if (x != x) return x;
          if (x >= -2 && x <= 1) {
            const f64 cube = x * x * x;
            f64 f = 1, g = x, first = 1, second = x;
            for (i32 k = 1; k < 40; k++) {
              first *= cube / ((3 * k - 1) * (3.0 * k)); second *= cube / (3.0 * k * (3 * k + 1));
              if (f + first == f && g + second == g) break;
              f += first; g += second;
            }
            return 0.35502805388781723926 * f - 0.25881940379280679840 * g;
          }
          const f64 a = fabs(x), zeta = 0.66666666666666666667 * a * sqrt(a), root = sqrt(3.14159265358979323846 * sqrt(a));
          if (a == INFINITY) return 0;
          if (x > 0) return exp(-zeta) * airy_far_(1.33333333333333333333 / zeta - 1) / (2 * root);
          const f64 v = 1.8856180831641267 / zeta, t = 2 * v * v - 1, w = zeta - 0.78539816339744830962;
          return (airy_p_(t) * cos(w) + airy_q_(t) / zeta * sin(w)) / root;
        }

        """;

    /// <summary>The modified function of the first kind, or e^(−|x|) times that.</summary>
    public static Formula First(int order, bool isScaled) => new($"(T)({(isScaled ? "" : "exp(fabs((f64)a)) * ")}i{order}e_(a))") { Functions = s_i[order] };

    /// <summary>The modified function of the second kind, or eˣ times that.</summary>
    public static Formula Second(int order, bool isScaled) => new($"(T)k{order}_(a, {(isScaled ? 1 : 0)})") { Functions = s_k[order] };

    public static Formula J(int order) => new($"(T)j{order}_(a)") { Functions = s_j[order] };

    public static Formula Y(int order) => new($"(T)y{order}_(a)") { Functions = s_y[order] };

    public static Formula Airy { get; } = new("(T)airy_(a)") { Functions = s_airy };
}
