using System.Globalization;
using Candeia.Datasets;

namespace Candeia.Experiments;

/// <summary>Tables as text: numbers as C# writes them in any country, lines that end the same everywhere.</summary>
static class Csv
{
    /// <summary>A header and one line per row.</summary>
    public static string Write<T>(string header, IEnumerable<T> rows, Func<T, FormattableString> line) =>
        string.Concat(rows.Select(r => line(r).ToString(CultureInfo.InvariantCulture) + "\n").Prepend(header + "\n"));

    /// <summary>A text that may hold commas or quotes.</summary>
    public static string Field(string text) => CsvTable.Field(text);
}
