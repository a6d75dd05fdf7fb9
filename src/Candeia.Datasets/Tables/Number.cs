using System.Globalization;

namespace Candeia.Datasets;

/// <summary>Numbers in tables.</summary>
internal static class Number
{
    /// <exception cref="DatasetException">The field holds none.</exception>
    public static float Of(string file, int row, string field) =>
        float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number) ? number
            : throw new DatasetException(file, row, $"'{(field.Length <= 40 ? field : field[..40] + "…")}' is no number; get the file again.");
}
