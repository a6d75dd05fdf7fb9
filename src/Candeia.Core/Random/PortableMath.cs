namespace Candeia;

/// <summary>
/// Elementary functions made only of additions, multiplications, divisions and square roots, which IEEE 754 rounds exactly: unlike
/// <see cref="Math"/>'s, which call the platform's C library, they give the same bits everywhere. Errors are below 2 units in the last place.
/// </summary>
internal static class PortableMath
{
    const double Ln2High = 6.93147180369123816490e-01, Ln2Low = 1.90821492927058770002e-10;

    /// <summary>The natural logarithm of a positive normal number.</summary>
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble(bits & 0xFFFFFFFFFFFFF | 0x3FF0000000000000);
        if (m > 1.4142135623730951) (m, exponent) = (m / 2, exponent + 1);
        double s = (m - 1) / (m + 1), s2 = s * s, sum = 0; // log m = 2 artanh s, |s| < 0.172
        for (int k = 21; k >= 3; k -= 2) sum = (sum + 1.0 / k) * s2;
        return exponent * Ln2High + (exponent * Ln2Low + (2 * s * sum + 2 * s));
    }

    /// <summary>e to the power of x, for |x| ≤ 700.</summary>
    public static double Exp(double x)
    {
        double n = Math.Floor(x / (Ln2High + Ln2Low) + 0.5);
        double r = x - n * Ln2High - n * Ln2Low, sum = 1; // |r| < 0.347
        for (int k = 14; k >= 1; k--) sum = 1 + sum * r / k;
        return sum * BitConverter.Int64BitsToDouble(((long)n + 1023) << 52);
    }

    /// <summary>x to a whole power that is not negative, by squaring; some n / 2 units in the last place off where n is large.</summary>
    public static double Power(double x, long n)
    {
        double power = 1;
        for (; n > 0; n >>= 1, x *= x)
            if ((n & 1) != 0) power *= x;
        return power;
    }

    /// <summary>A positive number to any power: e^(y·log x), whose last digits are lost as the exponent grows.</summary>
    public static double Power(double x, double y) => x == 0 || y == 0 || double.IsInfinity(y) ? Math.Pow(x, y) : y == 1 ? x : Exp(Math.Clamp(y * Log(x), -700, 700));

    /// <summary>The sine and the cosine of an angle in radians.</summary>
    public static (double Sin, double Cos) SinCos(double angle) => (CosPi(0.5 - angle / Math.PI), CosPi(angle / Math.PI));

    /// <summary>The cosine of π · <paramref name="part"/>.</summary>
    public static double CosPi(double part)
    {
        part = Math.Abs(part) % 2;
        if (part > 1) part = 2 - part;
        if (part > 0.5) return -CosPi(1 - part);
        bool sine = part > 0.25;                             // cos(π p) = sin(π (1/2 − p)), so that the series is asked near 0 alone
        double x = Math.PI * (sine ? 0.5 - part : part), square = x * x, sum = 0;
        for (int k = sine ? 17 : 16; k >= 2; k -= 2) sum = (1 + sum) * -square / (k * (k - 1));
        return sine ? x * (1 + sum) : 1 + sum;
    }

    /// <summary>The logarithm of n!, by Stirling's series from 10 on.</summary>
    public static double LogFactorial(double n)
    {
        if (n < 10)
        {
            double product = 1;
            for (int i = 2; i <= n; i++) product *= i;
            return Log(product);
        }
        double m = n + 1, r = 1 / (m * m);
        return (m - 0.5) * Log(m) - m + 0.91893853320467274178 + (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r / 1680))) / m;
    }
}
