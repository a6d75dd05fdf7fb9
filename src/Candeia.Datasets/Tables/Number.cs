using System.Globalization;

namespace Candeia.Datasets;

/// <summary>Numbers in tables.</summary>
internal static class Number
{
    /// <summary>Whether a field holds a finite number, as it is written in any country's programs.</summary>
    public static bool TryParse(string field, out double number) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <exception cref="DatasetException">The field holds none.</exception>
    public static float Of(string file, int row, string field) =>
        float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number) ? number
            : throw new DatasetException(file, row, $"'{Cells.Shown(field)}' is no number; get the file again.");
}
