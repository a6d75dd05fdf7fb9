using System.Globalization;
using System.Text;

namespace Candeia;

/// <summary>Series whose coefficients stand in tables here, as functions of a <see cref="Formula"/>.</summary>
internal static class SeriesTexts
{
    /// <summary>A number as it is written there.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture) is var s && s.AsSpan().IndexOfAny(".E") < 0 ? s + ".0" : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A function of x: a₀ + a₁·x + …, the highest power first.</summary>
    public static string Polynomial(string name, params ReadOnlySpan<double> highestFirst)
    {
        var s = new StringBuilder($"FUNCTION f64 {name}(f64 x) {{ f64 y = {Number(highestFirst[0])};");
        foreach (double a in highestFirst[1..]) s.Append($" y = y * x + {Sum(a)};");
        return s.Append(" return y; }\n").ToString();
    }

    /// <summary>A function of t: Σ cₖ·Tₖ(t), by Clenshaw's recurrence.</summary>
    public static string Chebyshev(string name, ReadOnlySpan<double> c)
    {
        var s = new StringBuilder($"FUNCTION f64 {name}(f64 t) {{ f64 b = 0, p = 0, n;");
        for (int k = c.Length - 1; k > 0; k--) s.Append($" n = 2 * t * b - p + {Sum(c[k])}; p = b; b = n;");
        return s.Append($" return t * b - p + {Sum(c[0])}; }}\n").ToString();
    }

    static string Sum(double a) => a < 0 ? $"({Number(a)})" : Number(a);
}
