using System.Globalization;

namespace Candeia.Experiments;

/// <summary>A column of numbers from a table in a text file: a line of names, then a line for each step of time, oldest first, divided by commas, semicolons or tabs.</summary>
static class SeriesFile
{
    /// <summary>The numbers of a column, and its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="column">The name of the column; the last one, if none is named.</param>
    /// <exception cref="UserException">The file is missing, is no such table, or has no such column.</exception>
    public static (double[] Values, string Column) Read(string path, string? column)
    {
        string[] lines = Lines(path);
        char divider = lines.Length == 0 ? ',' : lines[0].Contains('\t', StringComparison.Ordinal) ? '\t' : lines[0].Contains(';', StringComparison.Ordinal) ? ';' : ',';
        string[] names = lines.Length == 0 ? [] : Cells(lines[0], divider);
        if (lines.Length < 2) throw new UserException($"'{path}' holds no series: it should have a line of names and then a line for each step of time.");
        int at = column is null ? names.Length - 1 : Array.IndexOf(names, column);
        if (at < 0) throw new UserException($"'{path}' has no column '{column}', only {string.Join(", ", names.Take(12))}; name one of these with --column.");
        return ([.. lines.Index().Skip(1).Select(l => Number(path, l.Item, l.Index + 1, divider, at, names[at]))], names[at]);
    }

    static string[] Lines(string path) => [.. TextFile.Read(path, "--data").Split('\n').Where(l => !string.IsNullOrWhiteSpace(l))];

    static string[] Cells(string line, char divider) => [.. line.Split(divider).Select(c => c.Trim().Trim('"'))];

    static double Number(string path, string line, int number, char divider, int at, string name)
    {
        string[] cells = Cells(line, divider);
        if (at < cells.Length && double.TryParse(cells[at], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)) return value;
        string found = at < cells.Length ? $"'{(cells[at].Length <= 40 ? cells[at] : cells[at][..40] + "…")}'" : "nothing";
        throw new UserException($"'{path}' has {found} in line {number} where a number of the column '{name}' should stand; fill the gap, or name another column with --column.");
    }
}
