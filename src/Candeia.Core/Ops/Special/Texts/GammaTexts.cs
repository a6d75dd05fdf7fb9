using Candeia.Kernels;

namespace Candeia;

/// <summary>The gamma function and what comes of it, for devices that compile text: as in <see cref="Kernels.Lgamma"/> and its neighbours.</summary>
internal static class GammaTexts
{
    static readonly string s_lgamma = SeriesTexts.Polynomial("lgamma_series_", Lgamma.Series)
        + SeriesTexts.Polynomial("lgamma_p_", -1.37825152569120859100e3, -3.88016315134637840924e4, -3.31612992738871184744e5, -1.16237097492762307383e6, -1.72173700820839662146e6, -8.53555664245765465627e5)
        + SeriesTexts.Polynomial("lgamma_q_", 1, -3.51815701436523470549e2, -1.70642106651881159223e4, -2.20528590553854454839e5, -1.13933444367982507207e6, -2.53252307177582951285e6, -2.01889141433532773231e6)
        + SeriesTexts.Polynomial("lgamma_stirling_", 1.0 / 156, -691.0 / 360360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12)
        + """
        FUNCTION f64 lgamma_near_(f64 x) { return x * (1 - 0.57721566490153286061) - log1p(x) + lgamma_series_(-x) * x * x; }
        FUNCTION f64 lgamma_correction_(f64 x) { return lgamma_stirling_(1 / (x * x)) / x; }
        FUNCTION f64 lgamma_above_(f64 x) {
          if (x < 1.6) return lgamma_near_(x - 1);
          if (x < 2) return lgamma_near_(x - 2) + log(x - 1);
          if (x < 13) {
            f64 z = 1;
            for (; x >= 3; z *= x) x = x - 1;
            const f64 t = x - 2, y = t * lgamma_p_(t) / lgamma_q_(t);
            return z == 1 ? y : log(z) + y;
          }
          const f64 y = (x - 0.5) * log(x) - x + 0.91893853320467274178;
          return x > 1e8 ? y : y + lgamma_correction_(x);
        }
        FUNCTION f64 lgamma_(f64 x) {
          if (x != x) return x;
          if (fabs(x) == INFINITY || (x <= 0 && x == floor(x))) return (f64)INFINITY;
          if (x < -34) {
            const f64 q = -x, p = floor(q);
            f64 z = q - p;
            if (z > 0.5) z = p + 1 - q;
            return 1.14472988584940017414 - log(q * sin(3.14159265358979323846 * z)) - lgamma_above_(q);
          }
          if (x >= 0.5) return lgamma_above_(x);
          if (x > 0) return lgamma_near_(x) - log(x);
          f64 z = 1;
          for (; x < 0; x = x + 1) z *= x;
          return x < 0.5 ? lgamma_near_(x) - log(fabs(z * x)) : lgamma_near_(x - 1) - log(fabs(z));
        }

        """;

    static readonly string s_digamma = SeriesTexts.Polynomial("digamma_root_", Digamma.Series)
        + SeriesTexts.Polynomial("digamma_far_", 1.0 / 12, -691.0 / 32760, 1.0 / 132, -1.0 / 240, 1.0 / 252, -1.0 / 120, 1.0 / 12)
        + """
        FUNCTION f64 digamma_above_(f64 x) {
          if (fabs(x) == INFINITY) return x;
          const f64 d = x - 1.4616321449683622 - 9.549995429965697e-17;
          if (fabs(d) < 0.3) return d * digamma_root_(d);
          f64 sum = 0;
          for (; x < 12; x = x + 1) sum -= 1 / x;
          const f64 z = 1 / (x * x);
          return sum + log(x) - 0.5 / x - z * digamma_far_(z);
        }
        FUNCTION f64 digamma_(f64 x) {
          if (x == 0) return copysign((f64)INFINITY, -x);
          if (!(x < 0)) return x != x ? x : digamma_above_(x);
          return x == floor(x) ? (f64)NAN : digamma_above_(1 - x) - 3.14159265358979323846 / tan(3.14159265358979323846 * (x - rint(x)));
        }

        """;

    static readonly string s_zeta = $$"""
        FUNCTION f64 zeta_(f64 s, f64 q) {
          if (s == 1) return (f64)INFINITY;
          if (!(s > 1)) return (f64)NAN;
          if (q <= 0 && q == floor(q)) return (f64)INFINITY;
          if (q <= 0 && s != floor(s)) return (f64)NAN;
          if (q != q) return q;
          const f64 terms[12] = { {{string.Join(", ", Zeta.Divisors.ToArray().Select(SeriesTexts.Number))}} };
          f64 sum = pow(q, -s), a = q, b = 0, factor = 1;
          for (i32 i = 0; i < 9 || a <= 9; i++) {
            a = a + 1; b = pow(a, -s); sum += b;
            if (fabs(b) < 1e-17 * fabs(sum)) return sum;
          }
          sum += b * a / (s - 1) - 0.5 * b;
          for (i32 i = 0, k = 0; i < 12; i++) {
            factor *= s + k; k++; b /= a;
            const f64 t = factor * b / terms[i];
            sum += t;
            if (fabs(t) < 1e-17 * fabs(sum)) return sum;
            factor *= s + k; k++; b /= a;
          }
          return sum;
        }

        """;

    static readonly string s_polygamma = s_zeta + """
        FUNCTION f64 polygamma_(i32 n, f64 x) {
          f64 f = n % 2 == 1 ? 1 : -1;
          for (i32 k = 2; k <= n; k++) f *= k;
          if (x < 0 && n == 1) { const f64 s = sin(3.14159265358979323846 * (x - rint(x))); return 9.8696044010893586188 / (s * s) - zeta_(2, 1 - x); }
          return f * zeta_(n + 1, x);
        }

        """;

    static readonly string s_incomplete = s_lgamma + """
        FUNCTION f64 log1p_minus_(f64 x) {
          const f64 r = x / (2 + x), s = r * r;
          f64 term = 2 * r * s, sum = 0;
          for (i32 k = 3; k < 80; k += 2, term *= s) { const f64 next = sum + term / k; if (next == sum) break; sum = next; }
          return sum - x * r;
        }
        FUNCTION f64 incomplete_factor_(f64 a, f64 x) {
          if (a < 13) return exp(a * log(x) - x - lgamma_(a + 1));
          const f64 mu = (x - a) / a;
          return exp(a * (fabs(mu) > 0.3 ? log(x / a) - mu : log1p_minus_(mu)) - lgamma_correction_(a)) / sqrt(6.28318530717958647693 * a);
        }
        FUNCTION f64 incomplete_series_(f64 a, f64 x) {
          f64 term = 1, sum = 1, n = a;
          for (i32 i = 0; i < 200000; i++) { n = n + 1; term *= x / n; sum += term; if (term <= 1e-17 * sum) break; }
          return incomplete_factor_(a, x) * sum;
        }
        FUNCTION f64 incomplete_small_(f64 a, f64 x) {
          f64 term = 1, sum = 0;
          for (i32 n = 1; n < 200000; n++) { term *= -x / n; const f64 t = term / (a + n); sum += t; if (fabs(t) <= 1e-17 * fabs(sum)) break; }
          const f64 l = a * log(x);
          return -expm1(l - lgamma_(1 + a)) - exp(l - lgamma_(a)) * sum;
        }
        FUNCTION f64 incomplete_fraction_(f64 a, f64 x) {
          const f64 tiny = 1e-300;
          f64 b = x + 1 - a, c = 1 / tiny, d = 1 / (b == 0 ? tiny : b), h = d;
          for (i32 i = 1; i < 200000; i++) {
            const f64 an = -i * (i - a);
            b += 2; d = an * d + b; if (fabs(d) < tiny) d = tiny;
            c = b + an / c; if (fabs(c) < tiny) c = tiny;
            d = 1 / d; const f64 step = d * c; h *= step;
            if (fabs(step - 1) < 3e-16) break;
          }
          return incomplete_factor_(a, x) * a * h;
        }
        FUNCTION f64 incomplete_(f64 a, f64 x, i32 upper) {
          if (a != a || x != x || a < 0 || x < 0) return (f64)NAN;
          if (a == 0) return x > 0 ? (upper ? 0 : 1) : (f64)NAN;
          if (x == 0) return upper ? 1 : 0;
          if (a == INFINITY) return x == INFINITY ? (f64)NAN : upper ? 1 : 0;
          if (x == INFINITY) return upper ? 0 : 1;
          if (x <= 1.1 || x < a) {
            if (upper && x <= 1.1 && !(x <= 0.5 ? -0.4 / log(x) < a : x * 1.1 < a)) return incomplete_small_(a, x);
            const f64 lower = incomplete_series_(a, x);
            return upper ? 1 - lower : lower;
          }
          const f64 above = incomplete_fraction_(a, x);
          return upper ? above : 1 - above;
        }

        """;

    public static Formula LogGamma { get; } = new("(T)lgamma_(a)") { Functions = s_lgamma };

    public static Formula LogGammaSlope { get; } = new("(T)digamma_(a)") { Functions = s_digamma };

    public static Formula Hurwitz { get; } = new("(T)zeta_(a, b)") { Functions = s_zeta };

    public static Formula Lower { get; } = new("(T)incomplete_(a, b, 0)") { Functions = s_incomplete };

    public static Formula Upper { get; } = new("(T)incomplete_(a, b, 1)") { Functions = s_incomplete };

    public static Formula Derivative(int n) => n == 0 ? LogGammaSlope : new("(T)polygamma_((i32)k0, a)", n) { Functions = s_polygamma };
}
