namespace Candeia.Kernels;

/// <summary>The regularized incomplete gamma functions: a power series below, a continued fraction above (Gil, Segura and Temme, 2012, for where which is better).</summary>
internal static class IncompleteGamma
{
    const int Most = 200_000;

    public static double Of(double a, double x, bool upper)
    {
        if (double.IsNaN(a) || double.IsNaN(x) || a < 0 || x < 0) return double.NaN;
        if (a == 0) return x > 0 ? upper ? 0 : 1 : double.NaN;
        if (x == 0) return upper ? 1 : 0;
        if (double.IsInfinity(a)) return double.IsInfinity(x) ? double.NaN : upper ? 1 : 0;
        if (double.IsInfinity(x)) return upper ? 0 : 1;
        if (x <= 1.1 || x < a)
        {
            if (upper && x <= 1.1 && (x <= 0.5 ? -0.4 / Math.Log(x) < a : x * 1.1 < a) is false) return Small(a, x);
            double lower = Series(a, x);
            return upper ? 1 - lower : lower;
        }
        double above = Fraction(a, x);
        return upper ? above : 1 - above;
    }

    /// <summary>xᵃ·e⁻ˣ / Γ(a + 1), without the cancellation of large exponents.</summary>
    static double Factor(double a, double x)
    {
        if (a < 13) return Math.Exp(a * Math.Log(x) - x - Lgamma.Of(a + 1));
        double mu = (x - a) / a;
        return Math.Exp(a * (Math.Abs(mu) > 0.3 ? Math.Log(x / a) - mu : Log1pMinus(mu)) - Lgamma.Correction(a)) / Math.Sqrt(2 * Math.PI * a);
    }

    /// <summary>log(1 + x) − x for small x.</summary>
    static double Log1pMinus(double x)
    {
        double r = x / (2 + x), s = r * r, term = 2 * r * s, sum = 0;        // log(1 + x) = 2·artanh(r)
        for (int k = 3; k < 80; k += 2, term *= s)
        {
            double next = sum + term / k;
            if (next == sum) break;
            sum = next;
        }
        return sum - x * r;
    }

    static double Series(double a, double x)
    {
        double term = 1, sum = 1, n = a;
        for (int i = 0; i < Most; i++)
        {
            term *= x / ++n;
            sum += term;
            if (term <= 1e-17 * sum) break;
        }
        return Factor(a, x) * sum;
    }

    /// <summary>The upper function where a and x are small: 1 − xᵃ / Γ(a + 1) does not cancel.</summary>
    static double Small(double a, double x)
    {
        double term = 1, sum = 0;
        for (int n = 1; n < Most; n++)
        {
            term *= -x / n;
            double t = term / (a + n);
            sum += t;
            if (Math.Abs(t) <= 1e-17 * Math.Abs(sum)) break;
        }
        double log = a * Math.Log(x);
        return -Expm1.Of(log - Lgamma.Of(1 + a)) - Math.Exp(log - Lgamma.Of(a)) * sum;
    }

    /// <summary>Lentz' method.</summary>
    static double Fraction(double a, double x)
    {
        const double tiny = 1e-300;
        double b = x + 1 - a, c = 1 / tiny, d = 1 / (b == 0 ? tiny : b), h = d;
        for (int i = 1; i < Most; i++)
        {
            double an = -i * (i - a);
            b += 2;
            d = an * d + b;
            if (Math.Abs(d) < tiny) d = tiny;
            c = b + an / c;
            if (Math.Abs(c) < tiny) c = tiny;
            d = 1 / d;
            double step = d * c;
            h *= step;
            if (Math.Abs(step - 1) < 3e-16) break;
        }
        return Factor(a, x) * a * h;
    }
}

internal readonly struct Gammainc : IFunction2
{
    public static double Of(double a, double b) => IncompleteGamma.Of(a, b, upper: false);
}

internal readonly struct Gammaincc : IFunction2
{
    public static double Of(double a, double b) => IncompleteGamma.Of(a, b, upper: true);
}
