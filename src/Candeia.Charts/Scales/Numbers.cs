using System.Globalization;
using System.Text;

namespace Candeia.Charts;

/// <summary>Numbers as people write them: digits in threes, a real minus sign, powers of ten with raised digits.</summary>
internal static class Numbers
{
    const char Thin = '\u202F', Minus = '\u2212';

    /// <summary>So many digits after the point: <c>12 345.60</c>.</summary>
    public static string Fixed(double value, int decimals)
    {
        string digits = Math.Abs(value).ToString("F" + decimals, CultureInfo.InvariantCulture);
        int whole = digits.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? dot : digits.Length;
        bool negative = value < 0 && digits.AsSpan().ContainsAnyInRange('1', '9');
        var text = new StringBuilder(digits.Length + 8);
        if (negative) text.Append(Minus);
        for (int i = 0; i < digits.Length; i++)
        {
            if (i > 0 && i < whole && whole > 4 && (whole - i) % 3 == 0) text.Append(Thin);
            text.Append(digits[i]);
        }
        return text.ToString();
    }

    /// <summary>At most so many significant digits, whole numbers in full: <c>0.00126</c>, <c>0.4</c>, <c>3 304 193</c>, <c>1.5×10⁻⁷</c>.</summary>
    public static string Significant(double value, int digits = 3)
    {
        if (!double.IsFinite(value)) return double.IsNaN(value) ? "–" : value > 0 ? "∞" : Minus + "∞";
        if (value == 0) return "0";
        if (value == Math.Round(value) && Math.Abs(value) < 1e15) return Fixed(value, 0);
        // The exponent of the rounded number: 0.9996 has three digits as 1.00.
        string scientific = value.ToString("E" + (digits - 1), CultureInfo.InvariantCulture);
        int e = scientific.IndexOf('E', StringComparison.Ordinal);
        int exponent = int.Parse(scientific.AsSpan(e + 1), CultureInfo.InvariantCulture);
        return exponent is < -5 or >= 15
            ? Trimmed(scientific[..e]).Replace('-', Minus) + "×" + Power(exponent)
            : Trimmed(Fixed(value, Math.Max(0, digits - 1 - exponent)));
    }

    static string Trimmed(string digits) => digits.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0').TrimEnd('.') : digits;

    /// <summary>The number nearest to mantissa · 10^exponent: 3 · 10⁻¹ is 0.3, not the 0.30000000000000004 of a product.</summary>
    public static double Decimal(long mantissa, int exponent) =>
        double.Parse(string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{exponent}"), CultureInfo.InvariantCulture);

    /// <summary>A power of ten: <c>10⁻³</c>.</summary>
    public static string Power(int exponent)
    {
        string digits = exponent.ToString(CultureInfo.InvariantCulture);
        return "10" + string.Concat(digits.Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
    }

    /// <summary>A time in the unit that suits it: <c>0.31 s</c>, <c>12.4 s</c>, <c>3 min 5 s</c>, <c>2 h 10 min</c>.</summary>
    public static string Duration(TimeSpan time)
    {
        if (time < TimeSpan.Zero) return Minus + Duration(-time);
        if (time.TotalSeconds < 59.95) return Significant(time.TotalSeconds) + Thin + "s";
        var whole = TimeSpan.FromSeconds(Math.Round(time.TotalSeconds));
        return whole.TotalHours < 1
            ? $"{whole.Minutes}{Thin}min {whole.Seconds}{Thin}s"
            : $"{Fixed(Math.Floor(whole.TotalHours), 0)}{Thin}h {whole.Minutes}{Thin}min";
    }

    /// <summary>A count with its noun: <c>1 point</c>, <c>5000 points</c>.</summary>
    public static string Count(int count, string noun) => $"{Fixed(count, 0)} {noun}{(count == 1 ? "" : "s")}";
}
