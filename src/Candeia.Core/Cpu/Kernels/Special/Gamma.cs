namespace Candeia.Kernels;

/// <summary>log |Γ(x)| (Cephes: rational between 2 and 3, Stirling's series from 13 on, reflection below 0).</summary>
internal readonly struct Lgamma : IFunction
{
    const double LogPi = 1.14472988584940017414, LogSqrt2Pi = 0.91893853320467274178;

    public static double Of(double x)
    {
        if (double.IsNaN(x)) return x;
        if (double.IsInfinity(x)) return double.PositiveInfinity;
        if (x <= 0 && x == Math.Floor(x)) return double.PositiveInfinity;
        if (x < -34)
        {
            double q = -x, p = Math.Floor(q), z = q - p;
            if (z > 0.5) z = p + 1 - q;
            return LogPi - Math.Log(q * Math.Sin(Math.PI * z)) - Of(q);
        }
        if (x < 0.5) return x > 0 ? Near1(x) - Math.Log(x) : Below(x);
        if (x < 1.6) return Near1(x - 1);
        if (x < 2) return Near1(x - 2) + Math.Log(x - 1);
        return x < 13 ? Between(x) : Stirling(x);
    }

    static double Below(double x)
    {
        double z = 1;
        for (; x < 0; x++) z *= x;
        return x < 0.5 ? Near1(x) - Math.Log(Math.Abs(z * x)) : Near1(x - 1) - Math.Log(Math.Abs(z));
    }

    // Σ ζ(k)·(−x)ᵏ / k − γ·x: log Γ(1 + x) without loss where it is small. The sum of 1/k·(−x)ᵏ is taken out, as log(1 + x).
    static double Near1(double x)
    {
        double sum = 0;
        for (int k = s_zetaMinus1.Length - 1; k >= 0; k--) sum = sum * -x + s_zetaMinus1[k] / (k + 2);
        return x * (1 - 0.57721566490153286061) - Log1p.Of(x) + sum * x * x;
    }

    static readonly double[] s_zetaMinus1 = [.. Enumerable.Range(2, 52).Select(k => ZetaMinus1(k))];

    /// <summary>The series by powers of −x, the highest first.</summary>
    public static ReadOnlySpan<double> Series => s_zetaMinus1.Select((z, k) => z / (k + 2)).Reverse().ToArray();

    static double ZetaMinus1(int k)
    {
        double sum = 0;                                                      // ζ(k, 2), by Euler's and Maclaurin's summation from 20 on
        for (int n = 19; n >= 2; n--) sum += Math.Pow(n, -k);
        double a = 20, t = Math.Pow(a, -k);
        return sum + t * (a / (k - 1) + 0.5 + k / (12 * a) - k * (k + 1.0) * (k + 2) / (720 * a * a * a) + k * (k + 1.0) * (k + 2) * (k + 3) * (k + 4) / (30240 * Math.Pow(a, 5))
            - k * (k + 1.0) * (k + 2) * (k + 3) * (k + 4) * (k + 5) * (k + 6) / (1209600 * Math.Pow(a, 7)));
    }

    static double Between(double x)
    {
        double z = 1;
        for (; x >= 3; z *= x) x--;
        double t = x - 2;
        double p = t * Scalars.Polynomial(t, [-1.37825152569120859100e3, -3.88016315134637840924e4, -3.31612992738871184744e5, -1.16237097492762307383e6, -1.72173700820839662146e6,
            -8.53555664245765465627e5]);
        double q = Scalars.Polynomial(t, [1, -3.51815701436523470549e2, -1.70642106651881159223e4, -2.20528590553854454839e5, -1.13933444367982507207e6, -2.53252307177582951285e6,
            -2.01889141433532773231e6]);
        return z == 1 ? p / q : Math.Log(z) + p / q;
    }

    static double Stirling(double x)
    {
        double q = (x - 0.5) * Math.Log(x) - x + LogSqrt2Pi;
        return x > 1e8 ? q : q + Correction(x);
    }

    /// <summary>log Γ(x) less Stirling's approximation, for x ≥ 13.</summary>
    public static double Correction(double x)
    {
        double p = 1 / (x * x);
        return Scalars.Polynomial(p, [1.0 / 156, -691.0 / 360360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12]) / x;
    }
}

/// <summary>The derivative of log Γ(x).</summary>
internal readonly struct Digamma : IFunction
{
    const double Root = 1.4616321449683622, RootRest = 9.549995429965697e-17;   // where it is zero

    public static double Of(double x)
    {
        if (x == 0) return double.CopySign(double.PositiveInfinity, -x);
        if (x < 0)
        {
            if (x == Math.Floor(x)) return double.NaN;
            double fraction = x - Math.Round(x);
            return Of(1 - x) - Math.PI / Math.Tan(Math.PI * fraction);
        }
        if (double.IsInfinity(x)) return x;
        if (Math.Abs(x - Root) < 0.3) return NearRoot(x - Root - RootRest);
        double sum = 0;
        for (; x < 12; x++) sum -= 1 / x;
        double z = 1 / (x * x);
        return sum + Math.Log(x) - 0.5 / x
            - z * Scalars.Polynomial(z, [1.0 / 12, -691.0 / 32760, 1.0 / 132, -1.0 / 240, 1.0 / 252, -1.0 / 120, 1.0 / 12]);
    }

    // Taylor's series about the root, whose terms are values of Hurwitz' zeta function there.
    static double NearRoot(double d)
    {
        double y = 0;
        for (int k = s_terms.Length - 1; k >= 0; k--) y = y * d + s_terms[k];
        return y * d;
    }

    /// <summary>The series by powers of the distance from the root, which is a factor of it, the highest first.</summary>
    public static ReadOnlySpan<double> Series => s_terms.AsEnumerable().Reverse().ToArray();

    static readonly double[] s_terms = [.. Enumerable.Range(1, 26).Select(k => (k % 2 == 1 ? 1 : -1) * Zeta.Of(k + 1, Root))];
}

/// <summary>Hurwitz' zeta function Σ (q + n)⁻ˢ over n ≥ 0 (Cephes: the first terms, then Euler's and Maclaurin's summation).</summary>
internal readonly struct Zeta : IFunction2
{
    static readonly double[] s_a = [12.0, -720.0, 30240.0, -1209600.0, 47900160.0, -1.8924375803183791606e9, 7.47242496e10, -2.950130727918164224e12, 1.1646782814350067249e14,
        -4.5979787224074726105e15, 1.8152105401943546773e17, -7.1661652561756670113e18];

    /// <summary>What the terms of the summation are divided by.</summary>
    public static ReadOnlySpan<double> Divisors => s_a;

    public static double Of(double s, double q)
    {
        if (s == 1) return double.PositiveInfinity;
        if (!(s > 1)) return double.NaN;
        if (q <= 0)
        {
            if (q == Math.Floor(q)) return double.PositiveInfinity;
            if (s != Math.Floor(s)) return double.NaN;
        }
        if (double.IsNaN(q)) return q;
        double sum = Math.Pow(q, -s), a = q, b = 0;
        for (int i = 0; i < 9 || a <= 9; i++)
        {
            a++;
            b = Math.Pow(a, -s);
            sum += b;
            if (Math.Abs(b) < 1e-17 * Math.Abs(sum)) return sum;
        }
        sum += b * a / (s - 1) - 0.5 * b;
        double factor = 1;
        for (int i = 0, k = 0; i < 12; i++)
        {
            factor *= s + k++;
            b /= a;
            double t = factor * b / s_a[i];
            sum += t;
            if (Math.Abs(t) < 1e-17 * Math.Abs(sum)) return sum;
            factor *= s + k++;
            b /= a;
        }
        return sum;
    }
}

/// <summary>Derivative number n of the digamma function.</summary>
internal static class Polygamma
{
    public static double Of(int n, double x)
    {
        if (n == 0) return Digamma.Of(x);
        double factorial = 1;
        for (int k = 2; k <= n; k++) factorial *= k;
        if (x < 0 && n == 1)
        {
            double sine = Math.Sin(Math.PI * (x - Math.Round(x)));
            return Math.PI * Math.PI / (sine * sine) - Zeta.Of(2, 1 - x);
        }
        return (n % 2 == 1 ? 1 : -1) * factorial * Zeta.Of(n + 1, x);
    }
}
