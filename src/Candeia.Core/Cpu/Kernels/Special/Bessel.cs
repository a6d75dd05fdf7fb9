using static Candeia.Kernels.ChebyshevTables;

namespace Candeia.Kernels;

/// <summary>What Bessel's functions are made of: see <see cref="ChebyshevTables"/>.</summary>
internal static class Bessel
{
    /// <summary>e^(−|x|)·I of order 0 or 1.</summary>
    public static double Ie(int order, double x)
    {
        double a = Math.Abs(x), y;
        if (double.IsNaN(x)) return x;
        if (a <= 8) y = order == 0 ? Scalars.Chebyshev(a / 4 - 1, I0Near) : Scalars.Chebyshev(a / 4 - 1, I1Near) * a;
        else y = Scalars.Chebyshev(16 / a - 1, order == 0 ? I0Far : I1Far) / Math.Sqrt(a);
        return order == 1 && x < 0 ? -y : y;
    }

    public static double I(int order, double x) => Math.Exp(Math.Abs(x)) * Ie(order, x);

    /// <summary>eˣ·K of order 0 or 1, or K itself.</summary>
    public static double K(int order, double x, bool scaled)
    {
        if (!(x > 0)) return x == 0 ? double.PositiveInfinity : double.NaN;
        double y;
        if (x > 2)
        {
            y = Scalars.Chebyshev(4 / x - 1, order == 0 ? K0Far : K1Far) / Math.Sqrt(x);
            return scaled ? y : y * Math.Exp(-x);
        }
        double t = x * x / 2 - 1;
        y = order == 0 ? Scalars.Chebyshev(t, K0Near) - Math.Log(x / 2) * I(0, x) : Scalars.Chebyshev(t, K1Near) / x + Math.Log(x / 2) * I(1, x);
        return scaled ? y * Math.Exp(x) : y;
    }

    public static double J(int order, double x)
    {
        double a = Math.Abs(x), y;
        if (double.IsInfinity(x)) return 0;
        if (a <= 8) y = order == 0 ? Scalars.Chebyshev(a * a / 32 - 1, J0Near) : Scalars.Chebyshev(a * a / 32 - 1, J1Near) * a;
        else
        {
            var (p, q, sin, cos) = Hankel(order, a);
            y = (p * cos - q * sin) * Math.Sqrt(2 / (Math.PI * a));
        }
        return order == 1 && x < 0 ? -y : y;
    }

    public static double Y(int order, double x)
    {
        if (!(x > 0)) return x == 0 ? double.NegativeInfinity : double.NaN;
        if (double.IsInfinity(x)) return 0;
        if (x > 8)
        {
            var (p, q, sin, cos) = Hankel(order, x);
            return (p * sin + q * cos) * Math.Sqrt(2 / (Math.PI * x));
        }
        double t = x * x / 32 - 1, log = 2 / Math.PI * Math.Log(x) * J(order, x);
        return order == 0 ? Scalars.Chebyshev(t, Y0Near) + log : Scalars.Chebyshev(t, Y1Near) * x + (log - 2 / Math.PI / x);
    }

    static (double P, double Q, double Sin, double Cos) Hankel(int order, double x)
    {
        double u = 64 / (x * x), t = 2 * u - 1;
        var (sin, cos) = Math.SinCos(x);
        double p = Scalars.Chebyshev(t, order == 0 ? P0 : P1), q = Scalars.Chebyshev(t, order == 0 ? Q0 : Q1) / x;
        double root = Math.Sqrt(0.5);                                        // of x − π/4, or of x − 3π/4
        return order == 0 ? (p, q, (sin - cos) * root, (cos + sin) * root) : (p, q, (-sin - cos) * root, (sin - cos) * root);
    }
}

internal readonly struct I0 : IFunction { public static double Of(double x) => Bessel.I(0, x); }

internal readonly struct I0e : IFunction { public static double Of(double x) => Bessel.Ie(0, x); }

internal readonly struct I1 : IFunction { public static double Of(double x) => Bessel.I(1, x); }

internal readonly struct I1e : IFunction { public static double Of(double x) => Bessel.Ie(1, x); }

internal readonly struct J0 : IFunction { public static double Of(double x) => Bessel.J(0, x); }

internal readonly struct J1 : IFunction { public static double Of(double x) => Bessel.J(1, x); }

internal readonly struct Y0 : IFunction { public static double Of(double x) => Bessel.Y(0, x); }

internal readonly struct Y1 : IFunction { public static double Of(double x) => Bessel.Y(1, x); }

internal readonly struct K0 : IFunction { public static double Of(double x) => Bessel.K(0, x, scaled: false); }

internal readonly struct K1 : IFunction { public static double Of(double x) => Bessel.K(1, x, scaled: false); }

internal readonly struct K0e : IFunction { public static double Of(double x) => Bessel.K(0, x, scaled: true); }

internal readonly struct K1e : IFunction { public static double Of(double x) => Bessel.K(1, x, scaled: true); }

/// <summary>Airy's function Ai: the power series near 0, and factors of its asymptotic forms beyond.</summary>
internal readonly struct Airy : IFunction
{
    public static double Of(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x is >= -2 and <= 1) return Series(x);
        double a = Math.Abs(x), zeta = 2.0 / 3 * a * Math.Sqrt(a), root = Math.Sqrt(Math.PI * Math.Sqrt(a));
        if (double.IsInfinity(x)) return 0;
        if (x > 0) return Math.Exp(-zeta) * Scalars.Chebyshev(4.0 / 3 / zeta - 1, AiFar) / (2 * root);
        const double zeta2 = 1.8856180831641267;                            // of x = 2
        double u = zeta2 / zeta * (zeta2 / zeta), t = 2 * u - 1;
        var (sin, cos) = Math.SinCos(zeta - Math.PI / 4);
        return (Scalars.Chebyshev(t, AiP) * cos + Scalars.Chebyshev(t, AiQ) / zeta * sin) / root;
    }

    static double Series(double x)
    {
        double cube = x * x * x, f = 1, g = x, first = 1, second = x;
        for (int k = 1; k < 40; k++)
        {
            first *= cube / ((3 * k - 1) * (3.0 * k));
            second *= cube / (3.0 * k * (3 * k + 1));
            if (f + first == f && g + second == g) break;
            f += first;
            g += second;
        }
        return 0.35502805388781723926 * f - 0.25881940379280679840 * g;
    }
}
