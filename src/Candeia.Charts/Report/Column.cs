using System.Globalization;

namespace Candeia.Charts;

/// <summary>The cells of a column as text, and the class that aligns them.</summary>
internal sealed record Column(IReadOnlyList<string> Cells, string Class)
{
    const string Nothing = "–";

    public static Column Of(IReadOnlyList<object?> cells)
    {
        double?[] numbers = [.. cells.Select(Number)];
        bool numeric = cells.Zip(numbers).All(c => c.First is null || c.Second is not null) && numbers.Any(n => n is not null);
        if (!numeric) return new([.. cells.Select(Text)], cells.All(c => c is null or TimeSpan) ? "number" : "text");
        double[] finite = [.. numbers.OfType<double>().Where(n => double.IsFinite(n) && n != 0).Select(Math.Abs)];
        bool whole = finite.All(n => n == Math.Floor(n) && n < 1e15);
        // Three digits of the smallest number; where that is absurd for the largest, each number for itself.
        int decimals = whole || finite.Length == 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(finite.Min())), 0, 15);
        while (decimals > 0 && finite.All(n => Math.Abs(Math.Round(n, decimals - 1) - n) < 1e-12 * n)) decimals--;   // zeros that all of them end in
        bool together = whole || (decimals <= 8 && finite.Max() < 1e7);
        return new([.. numbers.Select(n => n is not { } v || double.IsNaN(v) ? Nothing
            : together && double.IsFinite(v) ? Numbers.Fixed(v, decimals)
            : Numbers.Significant(v))], "number");
    }

    static double? Number(object? cell) => cell switch
    {
        double v => v,
        float v => double.Parse(v.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        Half v => (double)v,
        decimal v => (double)v,
        int or long or short or byte or uint or ulong or ushort or sbyte => Convert.ToDouble(cell, CultureInfo.InvariantCulture),
        _ => null,
    };

    static string Text(object? cell) => cell switch
    {
        null or "" => Nothing,
        bool v => v ? "yes" : "no",
        TimeSpan v => Numbers.Duration(v),
        DateTime v => v.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        DateTimeOffset v => v.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        _ when Number(cell) is { } v => Numbers.Significant(v),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : Nothing,
    };
}
