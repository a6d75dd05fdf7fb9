using System.Globalization;

namespace Candeia.Datasets;

/// <summary>Dates as numbers: days since 0001-01-01, with a fraction for the time.</summary>
internal static class Dates
{
    // 3/4/2026 is March to some and April to others, so it is no date here.
    static readonly string[] s_formats =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "d.M.yyyy", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "d.M.yyyy HH:mm", "d.M.yyyy HH:mm:ss",
        "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Whether a text is a date.</summary>
    public static bool TryParse(string text, out double days)
    {
        bool found = DateTime.TryParseExact(text, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date);
        days = found ? Days(date) : double.NaN;
        return found;
    }

    public static double Days(DateTime date) => (double)date.Ticks / TimeSpan.TicksPerDay;

    /// <summary>The moment, to the millisecond; the nearest that there is, where days are beyond what has a date.</summary>
    public static DateTime Of(double days) =>
        new((long)Math.Clamp(Math.Round(days * TimeSpan.MillisecondsPerDay), 0, DateTime.MaxValue.Ticks / TimeSpan.TicksPerMillisecond) * TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);

    public static string Text(double days) => Of(days) is var date && date.TimeOfDay == default
        ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : date.ToString("yyyy-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture);
}
